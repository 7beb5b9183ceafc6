"""Writes a stretch of decoded audio as a WAV file, for people who want to hear a finding."""

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


def write_clip(signals: Sequence[Signal]) -> bytes:
    """A 16-bit WAV at 16 kHz with all channels. Raises BadInput where they are empty."""
    if not len(signals[0]):
        raise BadInput(
            "There is no audio in this stretch.",
            record="clip",
            next_step="Ask for a stretch inside the recording.",
        )
    channels = [_segment(signal) for signal in signals]
    joined = channels[0] if len(channels) == 1 else AudioSegment.from_mono_audiosegments(*channels)
    file = io.BytesIO()
    joined.export(file, format="wav")
    return file.getvalue()


def _segment(signal: Signal) -> Any:
    return AudioSegment(data=signal.tobytes(), sample_width=2, frame_rate=SIGNAL_RATE_HZ, channels=1)
