"""The port to figures about many calls, and to what they are made of that nothing else keeps."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from voiceops.analysis.speech_metrics import SpeechMetrics
from voiceops.domain.trends import Compliance, LeftVoicemail, RuleFigures, TrendSpan, WeekSpeech


class TrendStore(Protocol):
    """Counts and averages over the calls of a span, by when they were received; people's answers come first."""

    def keep_speech(self, measured: Mapping[str, SpeechMetrics]) -> None:
        """Store or replace the speech measures of recordings, by id."""
        ...

    def compliance(self, span: TrendSpan) -> Compliance:
        """How calls were judged."""
        ...

    def rules(self, span: TrendSpan) -> RuleFigures:
        """How often rules were not kept, and how often the wordings of those that only count were heard."""
        ...

    def speech(self, span: TrendSpan) -> Sequence[WeekSpeech]:
        """How people spoke, in each week that has measured calls."""
        ...

    def voicemails(self, span: TrendSpan) -> Sequence[LeftVoicemail]:
        """Each voicemail of the span, in no order."""
        ...
