"""Writes a recording anew with some stretches silent: as FLAC, at the rate at which it is listened to.

What lies outside of the stretches is, sample by sample, what decoding gives.
"""

from collections.abc import Sequence
from pathlib import Path

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.container import OutputContainer

from voiceops.domain.private import Silenced
from voiceops.engines.pyav_decoder.source import Source
from voiceops.engines.pyav_decoder.writer import ChannelWriter
from voiceops.ports import SIGNAL_RATE_HZ

_LAYOUTS = ("mono", "stereo", "3.0", "quad", "5.0", "5.1", "6.1", "7.1")
_BYTES_PER_SAMPLE = 2
# Encoded at once; longer blocks would gain nothing but memory.
_BLOCK_BYTES = 4 * SIGNAL_RATE_HZ * _BYTES_PER_SAMPLE


class _Joined:
    """Gathers the channels' samples and encodes what all of them have."""

    def __init__(self, container: OutputContainer, stretches: Sequence[Silenced], *, channels: int) -> None:
        self._container = container
        self._stream = container.add_stream("flac", rate=SIGNAL_RATE_HZ, layout=_LAYOUTS[channels - 1])
        self._stream.format = "s16"
        self._stretches = stretches
        self._waiting = [bytearray() for _ in range(channels)]
        self._encoded = 0

    def sinks(self) -> "list[_Sink]":
        """One for each channel; the last one tells when a block is whole."""
        last = len(self._waiting) - 1
        return [_Sink(self, waiting, is_last=number == last) for number, waiting in enumerate(self._waiting)]

    def encode(self, *, at_least: int = 1) -> None:
        """Encode what is waiting, if it is so many bytes."""
        if len(self._waiting[-1]) < at_least:
            return
        block = np.stack([np.frombuffer(bytes(one), dtype=np.int16) for one in self._waiting]).copy()
        for one in self._stretches:
            self._silence(block, one)
        for waiting in self._waiting:
            waiting.clear()
        frame = AudioFrame.from_ndarray(block.T.reshape(1, -1), format="s16", layout=_LAYOUTS[len(block) - 1])
        frame.sample_rate, frame.pts = SIGNAL_RATE_HZ, self._encoded
        self._encoded += block.shape[1]
        self._container.mux(self._stream.encode(frame))

    def finish(self) -> None:
        """Encode the rest."""
        self.encode()
        self._container.mux(self._stream.encode(None))

    def _silence(self, block: "np.ndarray[tuple[int, ...], np.dtype[np.int16]]", one: Silenced) -> None:
        first = max(0, int(one.start * SIGNAL_RATE_HZ) - self._encoded)
        last = max(0, int(np.ceil(one.end * SIGNAL_RATE_HZ)) - self._encoded)
        # A channel that is not there must not keep what is private: then all fall silent.
        known = one.channel is not None and one.channel < len(block)
        block[one.channel if known else slice(None), first:last] = 0


class _Sink:
    """One channel's bytes."""

    def __init__(self, joined: _Joined, waiting: bytearray, *, is_last: bool) -> None:
        self._joined, self._waiting, self._is_last = joined, waiting, is_last

    def write(self, block: bytes, /) -> int:
        """Append the block."""
        self._waiting += block
        if self._is_last:
            self._joined.encode(at_least=_BLOCK_BYTES)
        return len(block)


def write_silenced(source: Source, target: Path, stretches: Sequence[Silenced], *, channels: int) -> float:
    """Write the file and return its seconds. Memory stays the same however long the recording is."""
    with av.open(str(target), "w", format="flac") as container:
        joined = _Joined(container, stretches, channels=channels)
        writer = ChannelWriter(joined.sinks())
        for frame in source.frames():
            writer.write(frame)
        writer.finish()
        joined.finish()
    return writer.seconds
