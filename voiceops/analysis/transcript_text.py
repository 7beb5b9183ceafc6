"""A transcript for people to read, and as subtitles (WebVTT) for a player."""

from voiceops.analysis.heard_signals import HeardSignal, heard_signals
from voiceops.domain.sound import ToneKind
from voiceops.domain.transcript import Transcript, Utterance

_SIGNALS = {
    ToneKind.RING: "ringing",
    ToneKind.BUSY: "busy tone",
    ToneKind.KEY: "keys",
    ToneKind.MUSIC: "hold music",
}


def write_text(transcript: Transcript) -> str:
    """One line for each utterance: when it begins, who speaks, what they say; in parentheses what else sounded."""
    lines = [
        *((one.start, f"{one.party}: {one.text}") for one in transcript.utterances),
        *((one.start, f"({tell_signal(one)})") for one in heard_signals(transcript)),
    ]
    lines.sort(key=lambda line: line[0])
    return "".join(f"[{_minutes(start)}] {line}\n" for start, line in lines)


def tell_signal(one: HeardSignal) -> str:
    """A signal in words: "hold music 1:20 to 3:05"."""
    name = f"{_SIGNALS[one.kind]} {one.keys}".strip()
    return f"{name} {clock_time(one.start)}\N{EN DASH}{clock_time(one.end)}"


def write_webvtt(transcript: Transcript) -> str:
    """One cue for each utterance, its party as the voice (https://www.w3.org/TR/webvtt1/)."""
    return "WEBVTT\n\n" + "".join(map(_cue, transcript.utterances))


def clock_time(seconds: float) -> str:
    """Seconds as minutes and seconds, rounded as the sentences of findings round them: 75.6 s is 1:16."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02d}"


def _cue(one: Utterance) -> str:
    # A cue must end after it begins, and "-->" may not stand in its text.
    end = max(one.end, one.start + 0.001)
    text = " ".join(one.text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").split())
    return f"{_clock(one.start)} --> {_clock(end)}\n<v {one.party}>{text}\n\n"


def _minutes(seconds: float) -> str:
    return f"{int(seconds) // 60:02}:{int(seconds) % 60:02}"


def _clock(seconds: float) -> str:
    ms = round(seconds * 1000)
    return f"{ms // 3_600_000:02}:{ms // 60_000 % 60:02}:{ms // 1000 % 60:02}.{ms % 1000:03}"
