"""Listens to one channel: which tones and which music are on it, and where somebody speaks."""

from voiceops.analysis.sound.measure import ListenedChannel, find_tones
from voiceops.analysis.sound.music import find_music
from voiceops.analysis.sound.without_keys import without_keys
from voiceops.domain.recording import Party
from voiceops.ports import Signal, VoiceActivityDetector


def listen_to_channel(detector: VoiceActivityDetector, party: Party, signal: Signal) -> ListenedChannel:
    """The channel as it is to be transcribed and measured; no engine ever hears a key or a song as speech."""
    tones = find_tones(signal)
    voices = without_keys(detector.detect(signal), tones)
    music = find_music(signal, voices, tones)
    speech = tuple(span for span in voices if span not in music.sung)
    return ListenedChannel(
        party, signal, speech, tuple(sorted((*tones, *music.tones), key=lambda tone: (tone.start, tone.end)))
    )
