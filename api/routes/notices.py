"""Notices that wait, arrived or failed, and who wants to be told where."""

from http import HTTPStatus

from fastapi import APIRouter

from api.answers import problems
from api.deps import Cursor, Here, Limit, PathId, Who, one_page
from api.guard import GuardedRoute
from api.schemas.notice import (
    Arrived,
    NewSubscription,
    NoticeOut,
    NoticePage,
    SubscriptionIn,
    SubscriptionList,
    SubscriptionOut,
    notice_out,
    subscription_out,
)
from voiceops.domain.notice import NoticeState
from voiceops.usecases.retry_notice import retry_notice as send_again
from voiceops.usecases.subscribe import subscribe
from voiceops.usecases.try_subscription import try_subscription

router = APIRouter(prefix="/api/v1", tags=["notices"], route_class=GuardedRoute)


@router.get("/notices", name="list_notices", responses=problems(HTTPStatus.NOT_FOUND))
def list_notices(
    services: Here, state: NoticeState | None = None, limit: Limit = 50, cursor: Cursor = None
) -> NoticePage:
    """Notices to people and webhooks, newest first."""
    with services.open_view() as unit:
        page, following = one_page(
            lambda page: unit.notices.list(state, page), limit=limit, cursor=cursor, id_of=lambda one: one.id
        )
    return NoticePage(items=[notice_out(one) for one in page], next=following)


@router.post(
    "/notices/{notice_id}/retry",
    name="retry_notice",
    status_code=HTTPStatus.ACCEPTED,
    responses=problems(HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT),
)
def retry_notice(notice_id: PathId, services: Here) -> NoticeOut:
    """Try a failed notice again, its attempts counted from zero."""
    return notice_out(send_again(services, notice_id))


@router.post(
    "/subscriptions",
    name="add_subscription",
    status_code=HTTPStatus.CREATED,
    responses=problems(HTTPStatus.NOT_FOUND),
)
def add_subscription(body: SubscriptionIn, services: Here, who: Who) -> NewSubscription:
    """Tell a webhook, an agent, a queue's supervisors or all supervisors at this address from now on."""
    made = subscribe(services, body.wish(), added_by=who.actor)
    return NewSubscription(**dict(subscription_out(made)), secret=made.secret)


@router.get("/subscriptions", name="list_subscriptions", responses=problems())
def list_subscriptions(services: Here) -> SubscriptionList:
    """Who is told where, without the secrets."""
    with services.open_view() as unit:
        found = unit.subscriptions.list()
    return SubscriptionList(items=[subscription_out(one) for one in found])


@router.get("/subscriptions/{subscription_id}", name="get_subscription", responses=problems(HTTPStatus.NOT_FOUND))
def get_subscription(subscription_id: PathId, services: Here) -> SubscriptionOut:
    """One subscription, without its secrets."""
    with services.open_view() as unit:
        return subscription_out(unit.subscriptions.get(subscription_id))


@router.delete(
    "/subscriptions/{subscription_id}",
    name="remove_subscription",
    status_code=HTTPStatus.NO_CONTENT,
    responses=problems(HTTPStatus.NOT_FOUND),
)
def remove_subscription(subscription_id: PathId, services: Here) -> None:
    """Tell nobody at this address any more."""
    with services.open_unit() as unit:
        unit.subscriptions.remove(subscription_id)
        unit.commit()


@router.post(
    "/subscriptions/{subscription_id}/test", name="test_subscription", responses=problems(HTTPStatus.NOT_FOUND)
)
def test_subscription(subscription_id: PathId, services: Here) -> Arrived:
    """Send a notice for trying at once; the answer says whether it arrived."""
    return Arrived(notice_id=try_subscription(services, subscription_id))
