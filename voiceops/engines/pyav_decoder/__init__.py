"""Decodes recordings with the codecs inside PyAV's wheel; no ffmpeg on the machine is needed."""

import errno
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

import numpy as np

from voiceops.domain.private import Silenced
from voiceops.engines.pyav_decoder.cut import cut_stretch
from voiceops.engines.pyav_decoder.silence import write_silenced
from voiceops.engines.pyav_decoder.source import Source, opened
from voiceops.engines.pyav_decoder.writer import ChannelWriter
from voiceops.errors import StorageFull, TooLarge, UnreadableAudio
from voiceops.ports import AudioFacts, DecodedAudio, Signal

_SAMPLE_RATES_HZ = range(4_000, 400_000)
_SHORTEST_SECONDS = 0.1


class PyAvDecoder:
    """Satisfies `AudioDecoder`. Refuses more channels or more hours than its limits, because a
    small file of compressed silence could otherwise fill the disk.
    """

    def __init__(self, *, channels_limit: int = 8, duration_limit_seconds: float = 12 * 3600.0) -> None:
        self._channels_limit = channels_limit
        self._duration_limit_seconds = duration_limit_seconds

    def probe(self, path: Path, *, hint: str | None = None) -> AudioFacts:
        """Facts from the header and the first frame; counts frames only where no header claims
        a length. Raises UnreadableAudio, TooLarge past the limit.
        """
        with opened(path, hint) as source:
            facts = self._facts(source)
            claimed = source.claimed_seconds()
            if claimed is not None and claimed >= _SHORTEST_SECONDS:
                return replace(facts, duration=claimed, notes=source.notes(claimed))
        with opened(path, hint, ignore_length=claimed is not None) as source:
            counted = self._counted_seconds(source)
        if counted < _SHORTEST_SECONDS:
            raise _no_sound(path)
        return replace(facts, duration=counted)

    def decode(self, path: Path, workspace: Path, *, hint: str | None = None) -> DecodedAudio:
        """Every channel as a memory map of a file in `workspace`, named after `path`.

        Raises UnreadableAudio, TooLarge past the limit, StorageFull if the disk is full.
        """
        # A header that announces next to nothing lies if the bytes after it are sound.
        for ignore_length in (False, True):
            with opened(path, hint, ignore_length=ignore_length) as source:
                facts = self._facts(source)
                names = [workspace / f"{path.name}.{number}.s16" for number in range(facts.channels)]
                writer = self._write_all(source, names)
                notes = (*source.notes(writer.seconds), *writer.notes)
            if writer.seconds >= _SHORTEST_SECONDS:
                signals = tuple(np.memmap(name, dtype=np.int16, mode="r") for name in names)
                return DecodedAudio(replace(facts, duration=writer.seconds, notes=notes), signals)
        raise _no_sound(path)

    def cut(self, sound: BinaryIO, start: float, end: float, *, hint: str | None = None) -> tuple[Signal, ...]:
        """A stretch of every channel, in memory; reads and decodes from shortly before it.

        Raises UnreadableAudio.
        """
        with opened(sound, hint) as source:
            claimed = source.claimed_seconds()
            if claimed is None or claimed >= _SHORTEST_SECONDS:
                return cut_stretch(source, start, end, channels=self._facts(source).channels)
        with opened(sound, hint, ignore_length=True) as source:
            return cut_stretch(source, start, end, channels=self._facts(source).channels)

    def silence(self, path: Path, target: Path, stretches: Sequence[Silenced], *, hint: str | None = None) -> float:
        """A FLAC file at 16 kHz; what is not silenced is what `decode` has. Raises as `decode` does."""
        for ignore_length in (False, True):
            with opened(path, hint, ignore_length=ignore_length) as source, _disk_errors(path):
                written = write_silenced(source, target, stretches, channels=self._facts(source).channels)
            if written >= _SHORTEST_SECONDS:
                return written
        raise _no_sound(path)

    def _counted_seconds(self, source: Source) -> float:
        """No further than the limit: whoever sends days of squeezed silence must not keep the API counting."""
        counted = 0.0
        for frame in source.frames():
            counted += frame.samples / frame.sample_rate
            if counted > self._duration_limit_seconds:
                raise self._too_long(source.path)
        return counted

    def _write_all(self, source: Source, names: Sequence[Path]) -> ChannelWriter:
        with _disk_errors(source.path), ExitStack() as files:
            writer = ChannelWriter([files.enter_context(name.open("wb")) for name in names])
            for frame in source.frames():
                writer.write(frame)
                if writer.seconds > self._duration_limit_seconds:
                    raise self._too_long(source.path)
            writer.finish()
        return writer

    def _facts(self, source: Source) -> AudioFacts:
        if source.first_frame is None:
            raise _no_sound(source.path)
        channels, rate = source.first_frame.layout.nb_channels, source.first_frame.sample_rate
        if channels > self._channels_limit:
            raise UnreadableAudio(
                f"It has {channels} channels; at most {self._channels_limit} can be used.",
                record=source.path.name,
                next_step="Export the recording with one channel for each party.",
            )
        if rate not in _SAMPLE_RATES_HZ:
            raise UnreadableAudio(
                f"Its header gives a sample rate of {rate} Hz, which no recording has.",
                record=source.path.name,
                next_step="Export the recording again; its header is damaged.",
            )
        return AudioFacts(0.0, channels, rate, source.codec)

    def _too_long(self, path: Path) -> TooLarge:
        hours = self._duration_limit_seconds / 3600
        return TooLarge(
            f"It is longer than {hours:g} hours.",
            record=path.name,
            next_step="Split the recording, or raise the decoder's duration limit.",
        )


def _no_sound(path: Path) -> UnreadableAudio:
    return UnreadableAudio(
        f"It holds less than {_SHORTEST_SECONDS} seconds of audio that can be decoded.",
        record=path.name,
        next_step="Check that the recording was finished, and send it again.",
    )


@contextmanager
def _disk_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno not in {errno.ENOSPC, errno.EDQUOT}:
            raise
        raise StorageFull(
            "The disk has no room for the decoded audio.", record=path.name, next_step="Free some space and try again."
        ) from error
