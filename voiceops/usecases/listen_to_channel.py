"""Listens to one channel: which tones are on it, and where somebody speaks."""

from voiceops.analysis.sound.measure import ListenedChannel, find_tones
from voiceops.analysis.sound.without_keys import without_keys
from voiceops.domain.recording import Party
from voiceops.ports import Signal, VoiceActivityDetector


def listen_to_channel(detector: VoiceActivityDetector, party: Party, signal: Signal) -> ListenedChannel:
    """The channel as it is to be transcribed and measured; no engine ever hears a key as speech."""
    tones = find_tones(signal)
    return ListenedChannel(party, signal, without_keys(detector.detect(signal), tones), tones)
