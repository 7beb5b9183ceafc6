"""Delivers one notice: claim it, send it, store how that went.

Whoever does not answer is not asked once for each notice that waits for them: one try in vain counts for all
that are due, so that a slow receiver costs the others its timeout once and not a hundred times.

May run twice for the same notice: who does not get the claim does nothing. If this process dies between
sending and storing, the notice is sent once more under the same id.
"""

from dataclasses import replace
from datetime import timedelta

import structlog

from voiceops.analysis.backoff import next_pause
from voiceops.domain.notice import SUPERVISOR, WEBHOOK, Address, NoticeState, OutgoingNotice
from voiceops.errors import NotFound, VoiceOpsError
from voiceops.ports import Services, UnitOfWork

log = structlog.get_logger(__name__)

REMOVED = "Its subscription was removed before it could be delivered."


def deliver_notice(services: Services, notice_id: str) -> None:
    """Send the notice if its time has come; what cannot be delivered is tried again later, or has failed."""
    notice = _claim(services, notice_id)
    if notice is None:
        log.debug("notice is not to be had", notice_id=notice_id)
        return
    try:
        services.notifier.notify(notice, _address(services, notice))
    except VoiceOpsError as error:
        _log(notice, error)
        _store(services, _undelivered(services, notice, error))
        if error.retryable and notice.subscription_id is not None:
            _put_off_others(services, notice.subscription_id, error)
        return
    _store(services, replace(notice, state=NoticeState.DELIVERED, ended_at=services.clock.now(), last_error=None))


def _claim(services: Services, notice_id: str) -> OutgoingNotice | None:
    with services.open_unit() as unit:
        notice = _claim_in(unit, services, notice_id)
        unit.commit()
    return notice


def _claim_in(unit: UnitOfWork, services: Services, notice_id: str) -> OutgoingNotice | None:
    now = services.clock.now()
    held_until = now + timedelta(seconds=services.policy.notice_lease_seconds)
    return unit.notices.claim(notice_id, now=now, held_until=held_until)


def _address(services: Services, notice: OutgoingNotice) -> Address:
    with services.open_view() as unit:
        if notice.subscription_id is not None:
            subscription = unit.subscriptions.find(notice.subscription_id)
            if subscription is None:
                raise NotFound(REMOVED, record=notice.id, next_step="Nothing is left to do.")
            return subscription.address
        if notice.recipient in {SUPERVISOR, WEBHOOK}:
            return Address()
        try:
            return Address(email=unit.agents.get(notice.recipient).email)
        except NotFound:
            return Address()


def _undelivered(services: Services, notice: OutgoingNotice, error: VoiceOpsError) -> OutgoingNotice:
    now = services.clock.now()
    pause = next_pause(notice.attempts) if error.retryable else None
    reason = f"{error.what} {error.next_step}"
    if pause is None:
        return replace(notice, state=NoticeState.FAILED, last_error=reason, ended_at=now)
    return replace(notice, last_error=reason, next_try_at=now + pause)


def _log(notice: OutgoingNotice, error: VoiceOpsError) -> None:
    log.warning(
        "notice not delivered",
        notice_id=notice.id,
        task_id=notice.task_id,
        attempt=notice.attempts,
        error=type(error).__name__,
        tried_again=error.retryable and next_pause(notice.attempts) is not None,
    )


def _put_off_others(services: Services, subscription_id: str, error: VoiceOpsError) -> None:
    with services.open_unit() as unit:
        for due in unit.notices.due(now=services.clock.now(), subscription_id=subscription_id):
            other = _claim_in(unit, services, due.id)
            if other is not None:
                unit.notices.save(_undelivered(services, other, error))
        unit.commit()


def _store(services: Services, notice: OutgoingNotice) -> None:
    with services.open_unit() as unit:
        if not unit.notices.save(notice):
            log.info("notice was taken by somebody else meanwhile", notice_id=notice.id)
        unit.commit()
