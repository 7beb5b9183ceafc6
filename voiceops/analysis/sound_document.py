"""Writes the measures of a channel's sound as plain JSON values."""

from voiceops.domain.sound import ChannelSound


def write_sound(sound: ChannelSound) -> dict[str, object]:
    """The measures, times and shares rounded to milliseconds and thousandths."""
    return {
        "party": sound.party.value,
        "speech_seconds": round(sound.speech_seconds, 3),
        "silence_seconds": round(sound.silence_seconds, 3),
        "clipped_share": round(sound.clipped_share, 3),
        "crosstalk_share": round(sound.crosstalk_share, 3),
        "snr_db": None if sound.snr_db is None else round(sound.snr_db, 1),
        "clarity": sound.clarity,
        "tones": [
            {"kind": tone.kind.value, "start": round(tone.start, 3), "end": round(tone.end, 3), "key": tone.key}
            for tone in sound.tones
        ],
        "bad": [
            {"start": round(bad.start, 3), "end": round(bad.end, 3), "fault": bad.fault.value} for bad in sound.bad
        ],
    }
