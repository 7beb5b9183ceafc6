"""Cuts a stretch out of decoded audio as a WAV file, for people who want to hear a finding."""

import io
import warnings
from collections.abc import Sequence
from typing import Any

from voiceops.errors import BadInput
from voiceops.ports import SIGNAL_RATE_HZ, Signal

with warnings.catch_warnings():
    # pydub looks for ffmpeg when it is imported; what is used here never needs it.
    warnings.simplefilter("ignore")
    from pydub import AudioSegment


def cut_clip(signals: Sequence[Signal], start: float, end: float) -> bytes:
    """A 16-bit WAV at 16 kHz with all channels between two positions in seconds.

    Positions outside the recording are moved to its ends. Raises BadInput where nothing is left.
    """
    first = max(0, round(start * SIGNAL_RATE_HZ))
    last = min(len(signals[0]), round(end * SIGNAL_RATE_HZ))
    if last <= first:
        raise BadInput(
            f"There is no audio between {start:g} and {end:g} seconds.",
            record="clip",
            next_step=f"Ask for a stretch inside 0 to {len(signals[0]) / SIGNAL_RATE_HZ:.1f} seconds.",
        )
    channels = [_segment(signal[first:last]) for signal in signals]
    joined = channels[0] if len(channels) == 1 else AudioSegment.from_mono_audiosegments(*channels)
    file = io.BytesIO()
    joined.export(file, format="wav")
    return file.getvalue()


def _segment(signal: Signal) -> Any:
    return AudioSegment(data=signal.tobytes(), sample_width=2, frame_rate=SIGNAL_RATE_HZ, channels=1)
