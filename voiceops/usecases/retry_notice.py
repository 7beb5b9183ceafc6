"""Tries a failed notice again, after somebody mended what kept it from arriving."""

from voiceops.domain.notice import OutgoingNotice
from voiceops.ports import Services


def retry_notice(services: Services, notice_id: str) -> OutgoingNotice:
    """The notice, waiting for delivery. Raises NotFound, or Conflict if it has not failed."""
    with services.open_unit() as unit:
        notice = unit.notices.send_again(notice_id, now=services.clock.now())
        unit.commit()
    return notice
