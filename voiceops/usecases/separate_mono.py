"""Separates a call that was recorded on one channel into its two parties, by their voices."""

from dataclasses import replace

from voiceops.analysis.sound.measure import ListenedChannel
from voiceops.analysis.voices.assign import assign_parties
from voiceops.analysis.voices.separate import Voices, separate_voices
from voiceops.analysis.voices.windows import voice_windows
from voiceops.domain.recording import PartiesBy
from voiceops.domain.transcript import PartyJudgement, Transcript
from voiceops.ports import SpeakerEmbedder

NOTES = {
    Voices.ONE: "It is mono, and only one voice was heard: parties cannot be told apart.",
    Voices.TWO: "It is mono: its parties were told apart by their voices.",
    Voices.MORE: "It is mono, and more than two voices were heard: who is who is not sure.",
    Voices.UNSURE: "It is mono, and its voices are much alike: who is who is not sure.",
}
_REASONS = {
    Voices.TWO: "by their voices",
    Voices.MORE: "more than two voices were heard",
    Voices.UNSURE: "the voices are much alike",
}
_HARDLY = 0.5


def separate_mono(
    embedder: SpeakerEmbedder, channel: ListenedChannel, transcript: Transcript
) -> tuple[Transcript, str]:
    """The transcript of the channel with its parties, as far as they can be told, and a note about that for people.

    Who is first said to be the agent is a guess: judge it by the words.
    """
    windows = voice_windows(channel.speech, window_seconds=embedder.window_seconds)
    prints = embedder.embed(channel.signal, windows)
    separation = separate_voices(channel.speech, windows, prints, scale=embedder.scale)
    voices = separation.voices
    if voices is Voices.ONE:
        return transcript, NOTES[voices]
    judgement = PartyJudgement(PartiesBy.VOICES, 1.0 if voices is Voices.TWO else _HARDLY, _REASONS[voices])
    assigned = assign_parties(transcript, separation, embedder.overlaps(channel.signal))
    return replace(assigned, parties=judgement), NOTES[voices]
