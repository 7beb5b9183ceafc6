"""Resamples frames to 16 kHz and appends each channel to its own file of 16-bit samples."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Protocol

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.filter import Graph

from voiceops.ports import SIGNAL_RATE_HZ, Signal

# A filter this long keeps everything under 7.5 kHz and has 8.2 kHz down by more than 80 dB.
_RESAMPLE = f"{SIGNAL_RATE_HZ}:filter_size=128:cutoff=0.97"
# Jumps of the container's clock below this are rounding; above it, sound is missing there.
_GAP_SECONDS = 0.25
# A gap longer than this is a clock that was set, not a pause in a call.
_LONGEST_GAP_SECONDS = 600.0


class Sink(Protocol):
    """Where one channel's samples go, such as a file."""

    def write(self, block: bytes, /) -> int:
        """Append the block."""
        ...


class ChannelWriter:
    """Writes frames in order. Where packets are missing (lost on the network, or not sent while
    nobody spoke) silence is written, so that positions stay those of the recording.
    """

    def __init__(self, files: Sequence[Sink]) -> None:
        self._files = files
        self._graph: Graph | None = None
        self._shape: tuple[str, int, str] | None = None
        self._samples = 0
        self._expected_at: float | None = None
        self.notes: tuple[str, ...] = ()

    @property
    def seconds(self) -> float:
        """How much was written to each file."""
        return self._samples / SIGNAL_RATE_HZ

    def write(self, frame: AudioFrame) -> None:
        """Append one frame to every channel's file."""
        self._fill_gap(frame)
        shape = (frame.layout.name, frame.sample_rate, frame.format.name)
        if shape != self._shape:
            self._change(shape)
        assert self._graph is not None  # noqa: S101  # _change has made it
        self._graph.push(frame)
        self._drain()

    def finish(self) -> None:
        """Append what the resampler still holds."""
        if self._graph is not None:
            self._graph.push(None)
            self._drain()

    def _change(self, shape: tuple[str, int, str]) -> None:
        self.finish()
        if self._shape is not None and self._shape[0] != shape[0]:
            self.notes = ("The number of channels changes within the file.",)
        self._shape = shape
        self._graph = _resampling_graph(*shape)

    def _drain(self) -> None:
        for block in _pull(self._graph):
            for number, file in enumerate(self._files):
                file.write(block[min(number, len(block) - 1)].tobytes())
            self._samples += block.shape[1]

    def _fill_gap(self, frame: AudioFrame) -> None:
        at = frame.time
        if at is None:
            return
        gap = 0.0 if self._expected_at is None else at - self._expected_at
        if _GAP_SECONDS < gap <= _LONGEST_GAP_SECONDS:
            samples = round(gap * SIGNAL_RATE_HZ)
            for file in self._files:
                file.write(bytes(2 * samples))
            self._samples += samples
        self._expected_at = at + frame.samples / frame.sample_rate


def _resampling_graph(layout: str, rate: int, sample_format: str) -> Graph:
    graph = Graph()
    nodes = (
        graph.add_abuffer(sample_rate=rate, format=sample_format, layout=layout),
        graph.add("aresample", _RESAMPLE),
        graph.add("aformat", "sample_fmts=s16p"),
        graph.add("abuffersink"),
    )
    for upper, lower in pairwise(nodes):
        upper.link_to(lower)
    graph.configure()
    return graph


def _pull(graph: Graph | None) -> Iterator[Signal]:
    """Blocks shaped (channels, samples) that are ready."""
    while graph is not None:
        try:
            frame = graph.pull()
        except (av.error.EOFError, av.error.BlockingIOError):
            return
        assert isinstance(frame, AudioFrame)  # noqa: S101  # the graph holds nothing else
        yield frame.to_ndarray().astype(np.int16, copy=False)
