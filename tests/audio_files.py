"""Makes audio files for tests with PyAV's own encoders, and finds the real ones."""

import os
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
import pytest
from av.audio.stream import AudioStream
from numpy.typing import NDArray

Samples = NDArray[np.int16]
_BESIDE = Path(__file__).resolve().parents[2] / "shared" / "audio"
REAL_AUDIO = Path(os.environ.get("VOICEOPS_REAL_AUDIO", _BESIDE))


@dataclass(frozen=True)
class Encoding:
    """A container and codec that can be written here, and ffmpeg's name of what is read back."""

    suffix: str
    container: str
    encoder: str
    sample_format: str
    codec: str
    rate_hz: int = 16_000
    bit_rate: int | None = None
    lossless: bool = False


ENCODINGS = {
    "wav-16": Encoding(".wav", "wav", "pcm_s16le", "s16", "pcm_s16le", lossless=True),
    "wav-8": Encoding(".wav", "wav", "pcm_u8", "u8", "pcm_u8", 8_000),
    "wav-32": Encoding(".wav", "wav", "pcm_s32le", "s32", "pcm_s32le", 8_000),
    "wav-24": Encoding(".wav", "wav", "pcm_s24le", "s32", "pcm_s24le", 44_100),
    "wav-float": Encoding(".wav", "wav", "pcm_f32le", "flt", "pcm_f32le", 48_000),
    "wav-mulaw": Encoding(".wav", "wav", "pcm_mulaw", "s16", "pcm_mulaw", 8_000),
    "wav-alaw": Encoding(".wav", "wav", "pcm_alaw", "s16", "pcm_alaw", 8_000),
    "wav-ima-adpcm": Encoding(".wav", "wav", "adpcm_ima_wav", "s16p", "adpcm_ima_wav", 8_000),
    "wav-ms-adpcm": Encoding(".wav", "wav", "adpcm_ms", "s16", "adpcm_ms", 8_000),
    "aiff": Encoding(".aiff", "aiff", "pcm_s16be", "s16", "pcm_s16be", 44_100),
    "au-mulaw": Encoding(".au", "au", "pcm_mulaw", "s16", "pcm_mulaw", 8_000),
    "flac": Encoding(".flac", "flac", "flac", "s16", "flac", lossless=True),
    "mp3": Encoding(".mp3", "mp3", "libmp3lame", "s16p", "mp3", 44_100, 64_000),
    "ogg-opus": Encoding(".ogg", "ogg", "libopus", "s16", "opus", 48_000, 48_000),
    "ogg-flac": Encoding(".ogg", "ogg", "flac", "s16", "flac", 44_100),
    "webm-opus": Encoding(".webm", "webm", "libopus", "s16", "opus", 48_000, 48_000),
    "m4a": Encoding(".m4a", "mp4", "aac", "fltp", "aac", 44_100, 96_000),
    "aac": Encoding(".aac", "adts", "aac", "fltp", "aac", 44_100, 96_000),
    "wma": Encoding(".wma", "asf", "wmav2", "fltp", "wmav2", 44_100, 96_000),
    "caf-alac": Encoding(".caf", "caf", "alac", "s16p", "alac", 44_100),
    "amr": Encoding(".amr", "amr", "libopencore_amrnb", "s16", "amr_nb", 8_000, 12_200),
}
RAW_ENCODINGS = {
    "mulaw": Encoding(".ulaw", "mulaw", "pcm_mulaw", "s16", "pcm_mulaw", 8_000),
    "alaw": Encoding(".alaw", "alaw", "pcm_alaw", "s16", "pcm_alaw", 8_000),
    "g722": Encoding(".g722", "g722", "g722", "s16", "adpcm_g722", 16_000),
    "sln": Encoding(".sln", "s16le", "pcm_s16le", "s16", "pcm_s16le", 8_000),
    "sln16": Encoding(".sln16", "s16le", "pcm_s16le", "s16", "pcm_s16le", 16_000),
}


def tone(hertz: float, seconds: float, rate_hz: int, *, level: float = 0.3) -> Samples:
    """One channel of a sine; `level` is its peak relative to full scale."""
    time = np.arange(round(seconds * rate_hz)) / rate_hz
    return np.round(np.sin(2 * np.pi * hertz * time) * level * 32_767).astype(np.int16)


def write_audio(path: Path, encoding: Encoding, channels: list[Samples]) -> Path:
    """Encode channels of equal length, sampled at the encoding's own rate."""
    layout = "mono" if len(channels) == 1 else "stereo" if len(channels) == 2 else f"{len(channels)}c"
    with av.open(str(path), "w", format=encoding.container) as container:
        stream = container.add_stream(encoding.encoder, rate=encoding.rate_hz)
        assert isinstance(stream, AudioStream)
        stream.codec_context.layout = layout
        stream.codec_context.format = encoding.sample_format
        if encoding.bit_rate:
            stream.codec_context.bit_rate = encoding.bit_rate
        stream.codec_context.open()
        for frame in _frames(channels, layout, encoding, stream.codec_context.frame_size or 1024):
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def _frames(channels: list[Samples], layout: str, encoding: Encoding, size: int) -> list[av.AudioFrame]:
    whole = av.AudioFrame.from_ndarray(np.stack(channels), format="s16p", layout=layout)
    whole.sample_rate = encoding.rate_hz
    converter = av.AudioResampler(encoding.sample_format, layout, encoding.rate_hz)
    queue = av.AudioFifo()
    for frame in [*converter.resample(whole), *converter.resample(None)]:
        frame.pts = None
        queue.write(frame)
    frames = queue.read_many(size)
    rest = queue.read(0, partial=True)
    return [*frames, rest] if rest is not None else frames


def write_wav(path: Path, channels: list[Samples], rate_hz: int = 16_000) -> Path:
    """A plain 16-bit WAV at any rate."""
    import wave

    with wave.open(str(path), "wb") as file:
        file.setnchannels(len(channels))
        file.setsampwidth(2)
        file.setframerate(rate_hz)
        file.writeframes(np.stack(channels, axis=1).tobytes())
    return path


def real_audio(name: str) -> Path:
    """A real recording beside the repository; the test is skipped where there is none."""
    path = REAL_AUDIO / name
    if not path.is_file():
        pytest.skip(f"real recordings are not on this machine: {name}")
    return path


def level_db(signal: NDArray[np.generic], reference: float) -> float:
    """RMS of the signal's middle relative to a sine of that peak level, in decibels."""
    middle = signal[len(signal) // 10 : -(len(signal) // 10)].astype(np.float64)
    return float(20 * np.log10(np.sqrt(np.mean(middle**2)) / (reference * 32_767 / np.sqrt(2)) + 1e-12))
