"""A transcript for people to read, and as subtitles (WebVTT) for a player."""

from voiceops.domain.transcript import Transcript, Utterance


def write_text(transcript: Transcript) -> str:
    """One line for each utterance: when it begins, who speaks, what they say."""
    return "".join(f"[{_minutes(one.start)}] {one.party}: {one.text}\n" for one in transcript.utterances)


def write_webvtt(transcript: Transcript) -> str:
    """One cue for each utterance, its party as the voice (https://www.w3.org/TR/webvtt1/)."""
    return "WEBVTT\n\n" + "".join(map(_cue, transcript.utterances))


def clock_time(seconds: float) -> str:
    """Seconds as minutes and seconds, the way players show them: 75.4 is 1:15."""
    minutes, rest = divmod(int(seconds), 60)
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
