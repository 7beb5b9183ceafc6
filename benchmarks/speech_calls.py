"""Two-channel calls of any length, joined from the samples: each side speaks a good third of the time."""

import tempfile
import wave
from collections.abc import Sequence
from itertools import cycle
from pathlib import Path

import numpy as np

from voiceops.engines import load_decoder
from voiceops.ports import SIGNAL_RATE_HZ, Signal

_CALLS = Path(__file__).resolve().parents[1] / "samples" / "calls"
# Those of a telephone's band; in these the agent has half of the time and the customer a fifth.
_NAMES = ("02-no-recording-notice", "04-forbidden-promise", "05-consent-refused", "06-long-dead-air")


def make_call(minutes: float) -> tuple[Signal, Signal]:
    """The samples one after the other, every second one with its sides exchanged, until the call is that long."""
    wanted = round(minutes * 60 * SIGNAL_RATE_HZ)
    rows: tuple[list[Signal], list[Signal]] = ([], [])
    for number, sides in enumerate(cycle(_samples())):
        if sum(map(len, rows[0])) >= wanted:
            break
        for row, signal in zip(rows, sides if number % 2 == 0 else sides[::-1], strict=True):
            row.append(signal)
    return np.concatenate(rows[0])[:wanted], np.concatenate(rows[1])[:wanted]


def write_wav(path: Path, signals: Sequence[Signal]) -> Path:
    """16-bit, 16 kHz."""
    with wave.open(str(path), "wb") as out:
        out.setnchannels(len(signals))
        out.setsampwidth(2)
        out.setframerate(SIGNAL_RATE_HZ)
        out.writeframes(np.stack(signals, axis=1).astype("<i2").tobytes())
    return path


def _samples() -> Sequence[tuple[Signal, Signal]]:
    with tempfile.TemporaryDirectory() as folder:
        return [_decoded(_CALLS / f"{name}.flac", Path(folder)) for name in _NAMES]


def _decoded(path: Path, folder: Path) -> tuple[Signal, Signal]:
    agent, customer = load_decoder().decode(path, folder).signals
    return np.array(agent), np.array(customer)
