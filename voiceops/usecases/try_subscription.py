"""Sends a notice for trying to one subscription, at once, so that whoever asks sees whether it arrives."""

import json

from voiceops.domain.notice import WEBHOOK, EventType, OutgoingNotice
from voiceops.ports import Services


def try_subscription(services: Services, subscription_id: str) -> str:
    """The id of the notice, which arrived. Raises NotFound, BadInput, or Unavailable if it did not arrive."""
    with services.open_view() as unit:
        subscription = unit.subscriptions.get(subscription_id)
    now = services.clock.now()
    document = {
        "type": EventType.TEST.value,
        "timestamp": now.isoformat(),
        "data": {"subscription_id": subscription_id},
    }
    notice = OutgoingNotice(
        id=f"msg_{services.new_id()}",
        type=EventType.TEST,
        recipient=subscription.owner,
        subject="VoiceOps can reach you",
        text=json.dumps(document) if subscription.owner == WEBHOOK else "This notice was sent to try your address.",
        made_at=now,
        next_try_at=now,
        subscription_id=subscription_id,
    )
    services.notifier.notify(notice, subscription.address)
    return notice.id
