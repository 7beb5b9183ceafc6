"""Finds voicemails, the newest first, by the hour of the week in which each was left by the clock of its queue."""

from collections.abc import Sequence
from dataclasses import replace

from voiceops.analysis.hours_of_week import clocks_of, hour_of_week
from voiceops.domain.trends import LeftVoicemail, TrendSpan, VoicemailWish
from voiceops.ports import Page, UnitOfWork

# Most of them were left in another hour than the one that is asked for.
AT_ONCE = 500


def find_voicemails(unit: UnitOfWork, span: TrendSpan, wish: VoicemailWish, page: Page) -> Sequence[LeftVoicemail]:
    """Those of a page; what comes after it is not read. Raises NotFound for a `page.after` that is not there."""
    any_hour = wish.weekday is None and wish.hour is None
    some = Page(page.limit if any_hour else AT_ONCE, page.after)
    found: list[LeftVoicemail] = []
    while len(found) < page.limit:
        left = unit.trends.newest_voicemails(span, wish, some)
        clocks = clocks_of(unit.queues.find_all({one.queue for one in left}))
        found += [one for one in left if wish.fits(*hour_of_week(one, clocks))]
        if len(left) < some.limit:
            break
        some = replace(some, after=left[-1].recording_id)
    return found[: page.limit]
