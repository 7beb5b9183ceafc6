"""Judges who speaks on which channel of a call, or with which voice, where neither its sender nor a setting says so."""

from dataclasses import replace

from voiceops.analysis.judge_parties import Script, judge_parties, swapped
from voiceops.domain.recording import PartiesBy, Recording, RecordingKind
from voiceops.ports import Services
from voiceops.usecases.prepare_keyword_set import prepare_keyword_set
from voiceops.usecases.transcribe_file import Heard


def judge_channels(services: Services, recording: Recording, heard: Heard) -> Heard:
    """What was heard, with the parties that the script's wording and the opening speak for."""
    is_said = are_said(recording) and not heard.transcript.is_separated
    if recording.kind is not RecordingKind.CALL or is_said:
        return heard
    with services.open_view() as unit:
        stored = unit.keyword_sets.list_active()
    scripts = (
        Script(one.keyword_set, prepare_keyword_set(one.keyword_set).matcher)
        for one in stored
        if one.keyword_set.language == heard.transcript.language
    )
    transcript = judge_parties(heard.transcript, scripts, direction=recording.direction)
    if transcript.speech == heard.transcript.speech:
        return replace(heard, transcript=transcript)
    channels = tuple(replace(one, party=swapped(one.party)) for one in heard.waveform.channels)
    return replace(heard, transcript=transcript, waveform=replace(heard.waveform, channels=channels))


def are_said(recording: Recording) -> bool:
    """Whether somebody says who speaks on which channel, so that nothing is judged."""
    return recording.parties_by in {PartiesBy.SENDER, PartiesBy.SETTING}
