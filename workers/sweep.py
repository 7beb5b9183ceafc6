"""Sweeps every few seconds: raises tasks that are missing, sends on what is stuck, wakes what was put off.

Then it takes back what nobody started, assigns what waits, escalates what is overdue, and removes what
interrupted uploads left behind and what was kept for as long as the rules say.

`python -m workers.sweep`. Several may run at once: each step looks at the state before it acts.
"""

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence

import structlog
from pydantic import ValidationError

from voiceops.bootstrap import configure_logging
from voiceops.errors import BadInput, MissingPart, VoiceOpsError
from voiceops.ports import Services
from voiceops.usecases.assign_waiting import assign_waiting
from voiceops.usecases.count_left_behind import count_left_behind
from voiceops.usecases.escalate_overdue import escalate_overdue
from voiceops.usecases.expire_recordings import expire_recordings
from voiceops.usecases.finish_redactions import finish_redactions
from voiceops.usecases.forget_notices import forget_notices
from voiceops.usecases.forget_replies import forget_replies
from voiceops.usecases.forget_what_ifs import forget_what_ifs
from voiceops.usecases.give_back_tasks import give_back_off_shift
from voiceops.usecases.judge_calls import judge_calls
from voiceops.usecases.make_searchable import make_searchable
from voiceops.usecases.pass_on_offers import pass_on_offers
from voiceops.usecases.raise_missing_tasks import raise_missing_tasks
from voiceops.usecases.remove_abandoned_files import remove_abandoned_files
from voiceops.usecases.resend_notices import resend_notices
from voiceops.usecases.resume_reanalyses import resume_reanalyses
from voiceops.usecases.resume_second_looks import resume_second_looks
from voiceops.usecases.resume_stuck import resume_stuck
from voiceops.usecases.wake_tasks import wake_tasks
from workers import process, scratch

log = structlog.get_logger(__name__)

STEPS: Sequence[tuple[str, Callable[[Services], int]]] = (
    ("raised", raise_missing_tasks),
    ("resumed", resume_stuck),
    ("looked_again", resume_second_looks),
    ("reanalysed", resume_reanalyses),
    ("woken", wake_tasks),
    ("given_back", give_back_off_shift),
    ("passed_on", pass_on_offers),
    ("assigned", assign_waiting),
    ("escalated", escalate_overdue),
    ("told", resend_notices),
    ("forgotten", forget_notices),
    ("replies_forgotten", forget_replies),
    ("what_ifs_forgotten", forget_what_ifs),
    ("cleaned", remove_abandoned_files),
    ("redacted", finish_redactions),
    ("expired", expire_recordings),
    ("made_searchable", make_searchable),
    ("counted", count_left_behind),
    ("judged", judge_calls),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Sweep until told to stop. 0, or 2 and a sentence on stderr if a part is missing."""
    argparse.ArgumentParser(prog="python -m workers.sweep", description=__doc__).parse_args(arguments)
    try:
        settings = process.settings()
        configure_logging(settings)
        services = process.services()
    except (MissingPart, BadInput, ValidationError) as fault:
        print(fault, file=sys.stderr)  # noqa: T201  this is the sentence for the person who started it
        return 2
    scratch.claim()
    process.switch.install()
    log.info("sweep ready", every_seconds=settings.sweep_seconds)
    while not process.switch.requested:
        counts = sweep(services)
        if any(counts.values()):
            log.info("swept", **counts)
        process.switch.pause(settings.sweep_seconds)
    return 0


def sweep(services: Services) -> Mapping[str, int]:
    """One round: how many records each step moved. A step that fails does not keep the others from running."""
    return {name: _tried(name, step, services) for name, step in STEPS}


def _tried(name: str, step: Callable[[Services], int], services: Services) -> int:
    try:
        return step(services)
    except VoiceOpsError as error:
        log.warning("sweep step failed", step=name, error=type(error).__name__)
    except Exception:  # one broken record must not stop the sweep of all others
        log.exception("sweep step broke", step=name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
