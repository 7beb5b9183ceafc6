"""Sends second looks again that were asked for and that nobody is at: a nudge was lost, or a worker died of one."""

from datetime import timedelta

from voiceops.ports import Services
from voiceops.usecases.ask_for_second_look import send_second_look


def resume_second_looks(services: Services) -> int:
    """How many were sent again. Where second looks are off now, those that wait go on waiting."""
    if services.second_hearing is None:
        return 0
    now = services.clock.now()
    with services.open_unit() as unit:
        stuck = unit.second_looks.stuck(now=now, idle_before=now - timedelta(seconds=services.policy.idle_seconds))
        for recording_id in stuck:
            send_second_look(unit, recording_id)
        unit.commit()
    return len(stuck)
