"""Whether a party is recorded so badly where a wording should be that nobody can say it is missing."""

from collections.abc import Iterable

from voiceops.analysis.judge import counts_for
from voiceops.analysis.place import Borders
from voiceops.domain.keyword_set import Rule
from voiceops.domain.sound import BadStretch, ChannelSound, SoundFault
from voiceops.domain.transcript import Span, Transcript

# A wording takes some seconds; so much of the party's speech must be bad, in all and in relation to the rest.
_LEAST_SECONDS = 1.0
_LEAST_SHARE = 0.25
_STEP_SECONDS = 0.5
_WHY = {
    SoundFault.CLIPPED: "The place where it should be is clipped, so that words may be lost.",
    SoundFault.CROSSTALK: "The place where it should be is covered by crosstalk, so that words may be lost.",
    SoundFault.SILENT: "Next to nothing was recorded of the {}, so that words may be lost.",
}


def why_unheard(rule: Rule, transcript: Transcript, borders: Borders) -> str | None:
    """The reason as a sentence, or None where the sound is good enough or was not measured."""
    for sound in transcript.sound or ():
        if not (counts_for(sound.party, rule) or transcript.is_separated) or not sound.bad:
            continue
        speech = _steps(_speech_of(sound, transcript, rule), borders)
        bad = _steps(sound.bad, borders)
        if transcript.is_separated:
            # The other party speaks on the same channel: how they are recorded is another matter.
            bad &= speech
        spoken = bad | speech
        if len(bad) * _STEP_SECONDS >= _LEAST_SECONDS and len(bad) >= _LEAST_SHARE * len(spoken):
            worst = max(sound.bad, key=lambda stretch: stretch.end - stretch.start)
            return _WHY[worst.fault].format(sound.party)
    return None


def _speech_of(sound: ChannelSound, transcript: Transcript, rule: Rule) -> Iterable[Span]:
    for party, spans in transcript.speech or ():
        if counts_for(party, rule) if transcript.is_separated else party is sound.party:
            yield from spans


def _steps(stretches: Iterable[Span | BadStretch], borders: Borders) -> set[int]:
    """The half seconds inside the window that the stretches touch."""
    return {
        step
        for stretch in stretches
        for step in range(int(stretch.start / _STEP_SECONDS), int(stretch.end / _STEP_SECONDS) + 1)
        if borders.outside(step * _STEP_SECONDS, (step + 1) * _STEP_SECONDS) is None
    }
