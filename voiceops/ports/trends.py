"""The port to figures about many calls, and to what they are made of that nothing else keeps."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from voiceops.analysis.speech_metrics import SpeechMetrics
from voiceops.domain.trends import Figures, LeftVoicemail, TrendSpan, VoicemailWish
from voiceops.ports.records import Page


class TrendStore(Protocol):
    """Counts and averages over the calls of a span, by when they were received; people's answers come first."""

    def keep_speech(self, measured: Mapping[str, SpeechMetrics]) -> None:
        """Store or replace the speech measures of recordings, by id."""
        ...

    def figures(self, span: TrendSpan) -> Figures:
        """How calls were judged, which rules were not kept or only heard, and how people spoke in each week."""
        ...

    def judge(self, *, limit: int) -> int:
        """Count some calls whose verdicts were written by another version, or restored; how many were looked at."""
        ...

    def voicemails(self, span: TrendSpan) -> Sequence[LeftVoicemail]:
        """Each voicemail of the span, in no order."""
        ...

    def newest_voicemails(self, span: TrendSpan, wish: VoicemailWish, page: Page) -> Sequence[LeftVoicemail]:
        """Those of a page by the state and the agent of their task, the newest first, of any hour of the week.

        Raises NotFound for a `page.after` that is not there.
        """
        ...
