"""`voiceops transcribe`: a transcript of one file, without server or database."""

from pathlib import Path
from typing import Annotated

import typer

from voiceops.analysis.heard_signals import heard_signals
from voiceops.analysis.judge_parties import judge_parties
from voiceops.analysis.name_parties import read_parties
from voiceops.analysis.transcript_document import write_transcript
from voiceops.analysis.transcript_text import clock_time, tell_signal
from voiceops.cli.console import ERR, OUT, existing_file, print_json
from voiceops.domain.recording import Party, RawFormat, RecordingKind
from voiceops.domain.transcript import Transcript
from voiceops.ears import build_ears
from voiceops.settings import Settings
from voiceops.usecases.transcribe_file import Sound, transcribe_file


def transcribe(
    file: Annotated[Path, typer.Argument(help="An audio file of any kind.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
    transcriber: Annotated[str | None, typer.Option(help="Engine: whisper or pocketsphinx.")] = None,
    model: Annotated[str | None, typer.Option(help="Whisper model name or path of a checkpoint.")] = None,
    language: Annotated[str | None, typer.Option(help="Language code, e.g. en, hu or fa.")] = None,
    parties: Annotated[str | None, typer.Option(help="Who speaks on each channel, e.g. agent,customer.")] = None,
    kind: Annotated[RecordingKind, typer.Option(help="A call or a voicemail.")] = RecordingKind.CALL,
    raw_format: Annotated[RawFormat | None, typer.Option(help="How sound without a header is written.")] = None,
) -> None:
    """Transcribe a recording.

    Example: voiceops transcribe call.wav --transcriber pocketsphinx --parties agent,customer
    """
    settings = Settings()
    chosen = settings.model_copy(
        update={
            "transcriber": transcriber or settings.transcriber,
            "model": model or settings.model,
        }
    )
    sound = Sound(existing_file(file), kind, parties_of(parties), language or settings.language, hint=raw_format)
    ears = build_ears(chosen)
    ears.transcriber().check()
    heard = transcribe_file(ears, sound)
    transcript = heard.transcript
    if transcript.is_separated:
        transcript = judge_parties(transcript, (), direction=None)
    for note in heard.notes:
        ERR.print(f"{file}: {note}", highlight=False, soft_wrap=True)
    if as_json:
        print_json(write_transcript(transcript))
    else:
        _show(transcript)


def parties_of(text: str | None) -> tuple[Party, ...]:
    """The parties named in an option such as `agent,customer`; () for None. Raises BadInput."""
    return () if text is None else read_parties(text, record="--parties")


def _show(transcript: Transcript) -> None:
    lines = [
        *((one.start, f"{one.party:<8}  {one.text}") for one in transcript.utterances),
        *((one.start, f"{one.party:<8}  ({tell_signal(one)})") for one in heard_signals(transcript)),
    ]
    for start, line in sorted(lines):
        OUT.print(f"{clock_time(start):>6}  {line}", highlight=False, markup=False)
