"""Task changes and notices as documents for webhooks, the live stream and the command line."""

from typing import Any

from voiceops.domain.notice import OutgoingNotice, Subscription, TaskChange


def write_task_change(change: TaskChange) -> dict[str, Any]:
    """Type, time and data, in the form that Standard Webhooks advises."""
    return {
        "type": change.type.value,
        "timestamp": change.at.isoformat(),
        "data": {
            "task_id": change.task_id,
            "state": change.state.value if change.state is not None else None,
            "agent_id": change.agent_id,
            "agent_before": change.agent_before,
            "queue": change.queue,
            "actor": change.actor,
        },
    }


def write_notice(notice: OutgoingNotice) -> dict[str, Any]:
    """Where a notice stands; its text stays out, since it is for its recipient only."""
    return {
        "id": notice.id,
        "type": notice.type.value,
        "recipient": notice.recipient,
        "subscription_id": notice.subscription_id,
        "task_id": notice.task_id,
        "subject": notice.subject,
        "state": notice.state.value,
        "attempts": notice.attempts,
        "made_at": notice.made_at.isoformat(),
        "next_try_at": notice.next_try_at.isoformat(),
        "last_error": notice.last_error,
        "ended_at": notice.ended_at.isoformat() if notice.ended_at is not None else None,
    }


def write_subscription(subscription: Subscription) -> dict[str, Any]:
    """Who is told where, with the address masked and without the secret."""
    return {
        "id": subscription.id,
        "owner": subscription.owner,
        "url": subscription.shown,
        "types": [one.value for one in subscription.types],
        "added_at": subscription.added_at.isoformat(),
        "added_by": subscription.added_by,
    }
