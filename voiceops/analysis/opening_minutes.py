"""Counting minutes of a queue's opening hours for waits other than its service targets."""

from dataclasses import replace
from datetime import datetime

from voiceops.analysis.due import due_at
from voiceops.domain.caller_facts import Urgency
from voiceops.domain.people import Queue


def opening_minutes_after(begin: datetime, minutes: int, *, queue: Queue) -> datetime:
    """The instant, in UTC, at which so many minutes of opening hours have passed since `begin`."""
    waiting = replace(queue, target_minutes=((Urgency.NORMAL, minutes),))
    return due_at(raised_at=begin, urgency=Urgency.NORMAL, queue=waiting)
