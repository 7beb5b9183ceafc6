"""Opens a recording, whatever its format, and yields its audio frames.

What the content cannot tell (raw G.711 and G.722 carry no mark at all) a hint may: the name of the
format, or the extension of the file's name.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import av
import av.container
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream

from voiceops.domain.recording import RawFormat
from voiceops.engines.pyav_decoder.announced import announces_more
from voiceops.errors import UnreadableAudio

# Demuxers that read one file of sound. Playlists and scripts (hls, concat, sdp) are left out on
# purpose: an upload must not make this machine open other files or the network.
_FORMATS = (
    "aac,ac3,aiff,amr,amrnb,amrwb,asf,au,avi,caf,flac,gsm,matroska,mov,mp3,mpeg,mpegts,nistsphere,ogg,voc,w64,wav,wv"
)
_TELEPHONE = {"sample_rate": "8000"}
# Formats whose content carries no mark, by name or extension, with the options their demuxers need.
_RAW_FORMATS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    **dict.fromkeys(("ulaw", "mulaw", "ul", "pcmu", "mu"), ("mulaw", _TELEPHONE)),
    **dict.fromkeys(("alaw", "al", "pcma"), ("alaw", _TELEPHONE)),
    **dict.fromkeys(("g722", "722"), ("g722", {})),
    **dict.fromkeys(("sln", "slin"), ("s16le", _TELEPHONE)),
    "sln16": ("s16le", {"sample_rate": "16000"}),
    "gsm": ("gsm", {}),
}
# How formats begin that cannot be anything else; what begins otherwise may be raw sound that only
# looks like one, since a run of loud samples passes for the start of an MP3.
_MARKS = (b"RIFF", b"RIFX", b"RF64", b"OggS", b"fLaC", b"ID3", b"FORM", b".snd", b"#!AMR", b"\x1aE\xdf\xa3", b"caff")
_BEGINNING_BYTES = 4096
_FORMAT_ADVICE = "Send the recording as WAV, MP3, Ogg, WebM, FLAC, M4A, AMR or GSM."
_RAW_ADVICE = f"{_FORMAT_ADVICE} If it is sound without a header, name its format: {', '.join(RawFormat)}."


@dataclass
class Source:
    """An open file: its first frame, the rest of them, and how many packets were damaged."""

    path: Path
    container: av.container.InputContainer
    stream: AudioStream
    damaged: int = 0
    first_frame: AudioFrame | None = None
    _rest: Iterator[AudioFrame] = field(init=False)

    def __post_init__(self) -> None:
        self._rest = self._decode()
        self.first_frame = next(self._rest, None)

    @property
    def codec(self) -> str:
        """The codec by ffmpeg's name for it."""
        return str(self.stream.codec_context.codec.canonical_name)

    def frames(self) -> Iterator[AudioFrame]:
        """Every frame that can be decoded, once; damaged packets are counted and left out."""
        if self.first_frame is not None:
            yield self.first_frame
        yield from self._rest

    def frames_from(self, time: float | None) -> Iterator[AudioFrame]:
        """Frames from the last point at or before that time of the container's clock; None: from the beginning.

        Where the container cannot seek there, the frames begin elsewhere: their times tell.
        """
        base = self.stream.time_base
        target = self.stream.start_time or 0 if time is None or base is None else int(time / base)
        try:
            self.container.seek(target, stream=self.stream, backward=True)
        except av.error.FFmpegError:
            return
        yield from self._decode()

    def claimed_seconds(self) -> float | None:
        """The container's own claim, or None where it makes none."""
        if self.stream.duration is not None and self.stream.time_base is not None:
            return float(self.stream.duration * self.stream.time_base)
        return self.container.duration / av.time_base if self.container.duration is not None else None

    def notes(self, decoded_seconds: float) -> tuple[str, ...]:
        """What people should know about the file, of which so much could be decoded."""
        tracks = len(self.container.streams.audio)
        several = (f"It has {tracks} tracks of sound; only the first was used.",) if tracks > 1 else ()
        return (*several, *self._damage(decoded_seconds))

    def _damage(self, decoded_seconds: float) -> tuple[str, ...]:
        if announces_more(self.path, self.container.format.name, self.claimed_seconds(), decoded_seconds):
            return (f"The file is cut short: it announces more than the {decoded_seconds:.1f} seconds that are there.",)
        if self.damaged:
            return ("Parts of the file are damaged and were left out.",)
        return ()

    def _decode(self) -> Iterator[AudioFrame]:
        try:
            for packet in self.container.demux(self.stream):
                try:
                    yield from (frame for frame in packet.decode() if frame.samples)
                except av.error.FFmpegError:
                    self.damaged += 1
        except av.error.FFmpegError:
            self.damaged += 1


@contextmanager
def opened(sound: Path | BinaryIO, hint: str | None = None, *, ignore_length: bool = False) -> Iterator[Source]:
    """The file, open; one that is open already is read from its beginning and left open.

    `ignore_length` reads a WAV to its end, whatever its header says.
    Raises UnreadableAudio for what is not there, empty, not audio, or without an audio stream.
    """
    path = sound if isinstance(sound, Path) else Path("recording")
    if sound is path:
        _require_content(path)
    with _container(sound, path, hint or path.name, ignore_length=ignore_length) as container:
        if not container.streams.audio:
            raise UnreadableAudio("The file has no audio in it.", record=path.name, next_step=_FORMAT_ADVICE)
        yield Source(path, container, container.streams.audio[0])


def _require_content(path: Path) -> None:
    if not path.is_file():
        raise UnreadableAudio("There is no such file.", record=path.name, next_step="Check its name and folder.")
    if not path.stat().st_size:
        raise UnreadableAudio("The file is empty.", record=path.name, next_step="Send the recording again.")


def _container(sound: Path | BinaryIO, path: Path, hint: str, *, ignore_length: bool) -> av.container.InputContainer:
    beginning = _beginning(sound)
    if _is_text(beginning):
        raise UnreadableAudio("It holds text, not audio.", record=path.name, next_step=_FORMAT_ADVICE)
    if hint in set(RawFormat) and not beginning.startswith(_MARKS):
        named = _raw_container(sound, hint)
        if named is not None:
            return named
    options = {"protocol_whitelist": "file", "format_whitelist": _FORMATS}
    if ignore_length:
        options["ignore_length"] = "1"
    try:
        return av.open(_input(sound), mode="r", options=options)
    except (av.error.FFmpegError, UnicodeDecodeError) as error:
        raw = _raw_container(sound, hint)
        if raw is None:
            raise UnreadableAudio(_what_is_wrong(beginning), record=path.name, next_step=_RAW_ADVICE) from error
        return raw


def _raw_container(sound: Path | BinaryIO, hint: str) -> av.container.InputContainer | None:
    format_name, options = _RAW_FORMATS.get(hint.rsplit(".", maxsplit=1)[-1].lower(), (None, {}))
    if format_name is None:
        return None
    try:
        return av.open(_input(sound), mode="r", format=format_name, options={"protocol_whitelist": "file", **options})
    except av.error.FFmpegError:
        return None


def _what_is_wrong(beginning: bytes) -> str:
    if beginning[4:8] == b"ftyp":
        return "The file is cut short: it is an MP4 or M4A whose index, which stands at the end, is missing."
    return "Its content is not audio in a format that can be decoded."


def _input(sound: Path | BinaryIO) -> str | BinaryIO:
    """What PyAV opens, from its beginning."""
    if isinstance(sound, Path):
        return f"file:{sound.absolute()}"
    sound.seek(0)
    return sound


def _beginning(sound: Path | BinaryIO) -> bytes:
    if isinstance(sound, Path):
        with sound.open("rb") as file:
            return file.read(_BEGINNING_BYTES)
    sound.seek(0)
    return sound.read(_BEGINNING_BYTES)


def _is_text(beginning: bytes) -> bool:
    """Whether it is readable text, which formats without a mark would turn into noise."""
    if any(byte < ord(" ") and byte not in b"\t\n\f\r" for byte in beginning):
        return False
    # The last letter may be cut in two by the end of what was read.
    return len(beginning) > 1 and "\ufffd" not in beginning.decode("utf-8", errors="replace")[:-1]
