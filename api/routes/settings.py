"""The settings in effect, for whoever runs the system; secrets are masked."""

from fastapi import APIRouter

from api.answers import problems
from api.deps import Here
from api.guard import GuardedRoute
from api.schemas.setting import SettingList, SettingOut

router = APIRouter(prefix="/api/v1/settings", tags=["health"], route_class=GuardedRoute)


@router.get("", name="list_settings", responses=problems())
def list_settings(services: Here) -> SettingList:
    """Every setting as it is in effect in the API's process; of a secret only whether it is set."""
    return SettingList(items=[SettingOut(**vars(one)) for one in services.settings])
