"""Decodes one stretch of a recording, from a seek shortly before it, without the rest."""

from collections.abc import Iterator
from itertools import chain

import numpy as np
from av.audio.frame import AudioFrame

from voiceops.engines.pyav_decoder.source import Source
from voiceops.engines.pyav_decoder.writer import ChannelWriter
from voiceops.ports import SIGNAL_RATE_HZ, Signal

# Decoders and the resampler need this much sound before the stretch until theirs is right.
_LEAD_SECONDS = 1.0
_BYTES_PER_SAMPLE = 2
# In a WAV these tell the time by a byte rate that is rounded, which is seconds off after an hour.
_WITHOUT_A_CLOCK = frozenset({"adpcm_ima_wav", "adpcm_ms"})


class _Stretch:
    """Keeps the samples from `first` to `last` of what is written to it, and drops the others."""

    def __init__(self, first: int, last: int) -> None:
        self._first = max(0, first) * _BYTES_PER_SAMPLE
        self._last = last * _BYTES_PER_SAMPLE
        self._position = 0
        self._kept = bytearray()

    def write(self, block: bytes) -> int:
        """Bytes that follow on those written before."""
        self._kept += block[max(0, self._first - self._position) : max(0, self._last - self._position)]
        self._position += len(block)
        return len(block)

    def signal(self) -> Signal:
        """What was kept."""
        return np.frombuffer(bytes(self._kept), dtype=np.int16)


def cut_stretch(source: Source, start: float, end: float, *, channels: int) -> tuple[Signal, ...]:
    """All channels from `start` to `end` seconds; shorter, or empty, where the recording ends before."""
    at, frames = _from_shortly_before(source, start)
    sinks = [
        _Stretch(round((start - at) * SIGNAL_RATE_HZ), round((end - at) * SIGNAL_RATE_HZ)) for _ in range(channels)
    ]
    writer = ChannelWriter(sinks)
    for frame in frames:
        writer.write(frame)
        if writer.seconds >= end - at:
            break
    else:
        writer.finish()
    return tuple(sink.signal() for sink in sinks)


def _from_shortly_before(source: Source, start: float) -> tuple[float, Iterator[AudioFrame]]:
    """Where in the recording the frames begin, and the frames: from its beginning where no seek helps."""
    first = source.first_frame
    seeks = start > 2 * _LEAD_SECONDS and source.codec not in _WITHOUT_A_CLOCK
    if seeks and first is not None and first.time is not None:
        frames = source.frames_from(first.time + start - _LEAD_SECONDS)
        found = next(frames, None)
        if found is not None and found.time is not None and first.time <= found.time <= first.time + start:
            return found.time - first.time, chain([found], frames)
        return 0.0, source.frames_from(None)
    return 0.0, source.frames()
