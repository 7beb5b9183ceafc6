"""Background work and the ledger: what waits, what failed and why, and whether any caller is forgotten."""

from collections.abc import Mapping

from fastapi import APIRouter, Request, Response

from api.deps import Here, PathId, Who
from api.guard import GuardedRoute
from api.routes import jobs as jobs_api
from api.routes import notices as notices_api
from api.routes import recordings as recordings_api
from api.ui.admin import render_admin
from api.ui.forms import go_to
from voiceops.errors import Unavailable
from voiceops.ports import Lane, Services
from voiceops.usecases.check_ledger import check_ledger

router = APIRouter(prefix="/admin", tags=["pages"], route_class=GuardedRoute, include_in_schema=False)

SHOWN = 100


@router.get("/work", name="work_page")
def work_page(request: Request, services: Here, who: Who) -> Response:
    """How much waits in each lane, and what failed for good."""
    failed = jobs_api.list_failed_jobs(services, limit=SHOWN).items
    return render_admin(request, who, "admin_work.html", depths=_depths(services), failed=failed)


@router.post("/work/recordings/{recording_id}", name="retry_recording_by_form")
def retry_recording_by_form(recording_id: PathId, services: Here, who: Who) -> Response:
    """Tries a recording again."""
    recordings_api.retry_recording(recording_id, services, who)
    return go_to("/admin/work", done="tried-again")


@router.post("/work/notices/{notice_id}", name="retry_notice_by_form")
def retry_notice_by_form(notice_id: PathId, services: Here) -> Response:
    """Sends a notice again."""
    notices_api.retry_notice(notice_id, services)
    return go_to("/admin/work", done="tried-again")


@router.post("/work/all", name="retry_failed_by_form")
def retry_failed_by_form(services: Here) -> Response:
    """Tries everything again that failed."""
    jobs_api.retry_failed(services)
    return go_to("/admin/work", done="tried-again")


@router.get("/ledger", name="ledger_page")
def ledger_page(request: Request, services: Here, who: Who) -> Response:
    """Whether every voicemail has one open duty or one recorded ending."""
    return render_admin(request, who, "admin_ledger.html", ledger=check_ledger(services))


def _depths(services: Services) -> Mapping[Lane, int] | None:
    """None where the software queue does not answer: what failed is shown all the same."""
    try:
        return services.jobs.depths()
    except Unavailable:
        return None
