"""Who is told of tasks, where, and whether it arrives: webhooks and people's addresses, and the last notices."""

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response

from api.access import SignedIn
from api.deps import Cursor, Here, PathId, Who, one_page
from api.guard import GuardedRoute
from api.routes import notices as notices_api
from api.schemas.notice import SubscriptionIn
from api.ui.admin import render_admin
from api.ui.filled import EMPTY, Filled, Unfit, checked, refused
from api.ui.forms import Typed, go_to
from voiceops.domain.notice import WEBHOOK, EventType, NoticeState
from voiceops.errors import BadInput, NotFound, Unavailable
from voiceops.ports import Services
from voiceops.usecases.retry_notice import retry_notice
from voiceops.usecases.try_subscription import try_subscription

router = APIRouter(prefix="/admin/notices", tags=["pages"], route_class=GuardedRoute, include_in_schema=False)

SHOWN = 50
# What is sent to try an address belongs to no task.
TYPES = [one for one in EventType if one is not EventType.TEST]
Address = Annotated[str, Form(max_length=2000, pattern=r"^[^\x00-\x1f\x7f]*$")]
State = Annotated[str, Query(pattern=f"^({'|'.join(NoticeState)})?$")]


@router.get("", name="notices_page")
def notices_page(request: Request, services: Here, who: Who, *, state: State = "", cursor: Cursor = None) -> Response:
    """Everybody who is told, and the newest notices with what kept them from arriving."""
    return _page(request, services, who, state=state, cursor=cursor)


@router.post("/subscriptions", name="subscribe_by_form")
def subscribe_by_form(
    request: Request,
    services: Here,
    who: Who,
    *,
    owner: Typed = WEBHOOK,
    url: Address = "",
    types: Annotated[tuple[str, ...], Form(max_length=50)] = (),
) -> Response:
    """Tells somebody from now on. The page that answers is the only place where a webhook's secret ever stands."""
    typed = {"owner": owner, "types": types}
    try:
        wanted = checked(SubscriptionIn, {"owner": owner, "url": url, "types": list(types)})
        made = notices_api.add_subscription(wanted, services, who)
    except (Unfit, BadInput, NotFound, Unavailable) as error:
        # The address is not shown again: there may be a secret in any part of it.
        return _page(request, services, who, refused(request, typed, error, field="url"))
    if made.secret is None:
        return go_to("/admin/notices", done="saved")
    return _page(request, services, who, given=(made.url, made.secret))


@router.post("/subscriptions/{subscription_id}/try", name="try_subscription_by_form")
def try_subscription_by_form(request: Request, subscription_id: PathId, services: Here, who: Who) -> Response:
    """Sends a notice at once, and says whether it arrived."""
    try:
        try_subscription(services, subscription_id)
    except (BadInput, Unavailable) as error:
        return _page(request, services, who, refused(request, {}, error, field=None))
    return go_to("/admin/notices", done="arrived")


@router.post("/subscriptions/{subscription_id}/remove", name="remove_subscription_by_form")
def remove_subscription_by_form(subscription_id: PathId, services: Here) -> Response:
    """Tells nobody at this address any more."""
    notices_api.remove_subscription(subscription_id, services)
    return go_to("/admin/notices", done="unsubscribed")


@router.post("/{notice_id}/again", name="send_notice_again_by_form")
def send_notice_again_by_form(notice_id: PathId, services: Here) -> Response:
    """Tries one again that failed."""
    retry_notice(services, notice_id)
    return go_to("/admin/notices", done="tried-again")


def _page(  # noqa: PLR0913 - what may stand on the page
    request: Request,
    services: Services,
    who: SignedIn,
    filled: Filled = EMPTY,
    *,
    state: str = "",
    cursor: str | None = None,
    given: tuple[str, str] | None = None,
) -> Response:
    wanted = NoticeState(state) if state else None
    with services.open_view() as unit:
        subscriptions, agents, queues = unit.subscriptions.list(), unit.agents.list(), unit.queues.list()
        notices, following = one_page(
            lambda page: unit.notices.list(wanted, page), limit=SHOWN, cursor=cursor, id_of=lambda one: one.id
        )
    return render_admin(
        request,
        who,
        "admin_notices.html",
        status=filled.status,
        subscriptions=subscriptions,
        agents=agents,
        queues=queues,
        notices=notices,
        following=following,
        state=state,
        states=list(NoticeState),
        types=[(one.value, one.value) for one in TYPES],
        filled=Filled({"owner": WEBHOOK, "types": (), **filled.values}, filled.errors, filled.problem),
        given=given,
    )
