"""The port to figures about many calls, and to what they are made of that nothing else keeps."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from voiceops.analysis.speech_metrics import SpeechMetrics
from voiceops.domain.trends import Figures, LeftVoicemail, TrendSpan


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
