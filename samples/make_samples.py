"""Renders the written scripts in this folder to recordings, and checks that both still agree."""

import argparse
import io
import json
import re
import shutil
import subprocess
import sys
import wave
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

import av
import numpy as np
import yaml
from numpy.typing import NDArray

HERE = Path(__file__).resolve().parent
RATE_HZ = 16_000
VOICES = ("slt", "rms", "awb", "kal16")
BANDS_HZ = {"narrow": (250.0, 3600.0), "wide": (50.0, 7000.0)}
SPEECH_RMS = 1800.0
SECONDS_BEFORE, SECONDS_AFTER, SECONDS_BETWEEN = 0.6, 1.0, 0.35
SIZE_LIMIT_BYTES = 10 * 1000 * 1000
SECONDS_ALLOWED = {"call": (40.0, 120.0), "voicemail": (10.0, 40.0)}

# name: (file ending, container, codec, sample rate, sample format, bit rate or None)
ENCODINGS: dict[str, tuple[str, str, str, int, str, int | None]] = {
    "flac": (".flac", "flac", "flac", 16_000, "s16", None),
    "mulaw": (".wav", "wav", "pcm_mulaw", 8_000, "s16", None),
    "opus": (".opus", "ogg", "libopus", 16_000, "s16", 48_000),
    "mp3": (".mp3", "mp3", "libmp3lame", 16_000, "s16p", 96_000),
}

Samples = NDArray[np.float64]


@dataclass(frozen=True)
class Line:
    """One sentence of a script and how it is spoken. `pause` is the silence before it, in seconds."""

    party: str
    text: str
    pause: float


@dataclass(frozen=True)
class Script:
    """A written recording: what the telephone system knew, who speaks in which voice, and the lines."""

    path: Path
    kind: str
    parties: tuple[str, ...]
    encoding: str
    band: str
    noise_db: float
    voices: dict[str, tuple[str, float]]
    lines: tuple[Line, ...]
    noise_seconds: float

    @property
    def name(self) -> str:
        """The part that the script, the audio, the truth and the expected result share."""
        return self.path.name.removesuffix(".script.yaml")

    @property
    def audio(self) -> Path:
        """Where the recording lies."""
        return self.path.with_name(self.name + ENCODINGS[self.encoding][0])

    @property
    def truth(self) -> Path:
        """Where the script lies as a transcript with the times of the rendering."""
        return self.path.with_name(self.name + ".truth.json")

    def is_named(self, beginning: str) -> bool:
        """Whether the name, with or without its folder, begins so."""
        return self.name.startswith(beginning) or f"{self.path.parent.name}/{self.name}".startswith(beginning)


def main(arguments: Sequence[str] | None = None) -> int:
    """Render the scripts named (all of them by default), or check what is there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="only samples whose name begins so, such as 03 or voicemails/04")
    parser.add_argument("--check", action="store_true", help="render nothing; compare files and scripts")
    parser.add_argument("--folder", type=Path, default=HERE, help="where calls/ and voicemails/ are (default: here)")
    wanted = parser.parse_args(arguments)
    scripts = [s for s in read_scripts(wanted.folder) if not wanted.names or any(map(s.is_named, wanted.names))]
    if not scripts:
        print(f"No script is named {' or '.join(wanted.names) or 'so'}; look in {wanted.folder}.", file=sys.stderr)
        return 2
    if wanted.check:
        faults = [fault for script in scripts for fault in faults_of(script)] + faults_of_all(wanted.folder)
        print("\n".join(faults) or f"{len(scripts)} samples agree with their scripts.")
        return 1 if faults else 0
    if shutil.which("flite") is None:
        print("The speech synthesiser is missing. Run: apt-get install flite", file=sys.stderr)
        return 2
    for script in scripts:
        render(script)
        print(f"{script.audio}  {script.audio.stat().st_size:>9,} bytes")
    return 0


def read_scripts(folder: Path = HERE) -> list[Script]:
    """Every script of a folder, calls first."""
    paths = sorted(folder.glob("calls/*.script.yaml")) + sorted(folder.glob("voicemails/*.script.yaml"))
    return [read_script(path) for path in paths]


def read_script(path: Path) -> Script:
    """One script; its form is written down in README.md."""
    document: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    recording = document["rendering"]
    return Script(
        path=path,
        kind=document["kind"],
        parties=tuple(document["parties"]),
        encoding=recording["encoding"],
        band=recording["band"],
        noise_db=float(recording.get("noise_db", -40)),
        voices={party: (v["name"], float(v.get("pace", 1))) for party, v in recording.get("voices", {}).items()},
        lines=tuple(line for turn in document["turns"] for line in lines_of(turn)),
        noise_seconds=float(recording.get("noise_seconds", 0)),
    )


def lines_of(turn: dict[str, Any]) -> Iterator[Line]:
    """A turn's sentences: the first after the turn's pause, the others after a short breath."""
    pause = float(turn.get("pause", 0.7))
    for sentence in re.split(r"(?<=[.?!])\s+", turn["text"].strip()):
        yield Line(turn["party"], sentence, pause)
        pause = SECONDS_BETWEEN


def render(script: Script) -> None:
    """Write the recording and its truth."""
    pieces, at = [], SECONDS_BEFORE
    for line in script.lines:
        start = at + line.pause
        spoken = through_line(speak(line.text, script.voices[line.party]), script.band)
        at = start + len(spoken) / RATE_HZ
        pieces.append((line, start, at, spoken))
    seconds = max(at + SECONDS_AFTER, script.noise_seconds)
    channels = np.zeros((len(script.parties), round(seconds * RATE_HZ)))
    for line, start, _, spoken in pieces:
        first = round(start * RATE_HZ)
        channels[script.parties.index(line.party), first : first + len(spoken)] += spoken
    channels += line_noise(script, channels.shape)
    encode(np.clip(channels, -32767, 32767).astype(np.int16), script)
    truth = {
        "language": "en",
        "duration": round(channels.shape[1] / RATE_HZ, 2),
        "utterances": [
            {"party": line.party, "start": round(start, 2), "end": round(end, 2), "text": line.text}
            for line, start, end, _ in pieces
        ],
    }
    script.truth.write_text(json.dumps(truth, indent=1) + "\n", encoding="utf-8")


def speak(text: str, voice: tuple[str, float]) -> Samples:
    """What the synthesiser says, at 16 kHz, all voices equally loud. A pace above 1 is slower."""
    name, pace = voice
    with TemporaryDirectory() as folder:
        path = Path(folder) / "line.wav"
        command = ["flite", "-voice", name, "--setf", f"duration_stretch={pace}", "-t", text, "-o", str(path)]
        subprocess.run(command, check=True, capture_output=True)
        with wave.open(str(path)) as file:
            if file.getframerate() != RATE_HZ:
                raise SystemExit(f"flite's voice {name} is not at {RATE_HZ} Hz; use one of {', '.join(VOICES)}.")
            samples = np.frombuffer(file.readframes(file.getnframes()), np.int16).astype(np.float64)
    louder: Samples = samples * (SPEECH_RMS / float(np.sqrt(np.mean(samples**2))))
    return louder


def through_line(samples: Samples, band: str) -> Samples:
    """The part of a sound that a telephone line of that band lets through."""
    low, high = BANDS_HZ[band]
    frequencies = np.maximum(np.fft.rfftfreq(samples.shape[-1], 1 / RATE_HZ), 1.0)
    gain = 1 / (1 + (low / frequencies) ** 8) / (1 + (frequencies / high) ** 24)
    return np.fft.irfft(np.fft.rfft(samples) * gain, samples.shape[-1])


def line_noise(script: Script, shape: tuple[int, ...]) -> Samples:
    """Hiss in the line's band and a little mains hum, the same at every rendering of a script."""
    random = np.random.default_rng(zlib.crc32(script.name.encode()))
    hiss = through_line(random.standard_normal(shape), script.band)
    hum = np.sin(2 * np.pi * 300 * np.arange(shape[-1]) / RATE_HZ) * 0.3
    loudness = SPEECH_RMS * 10 ** (script.noise_db / 20)
    noise: Samples = (hiss / hiss.std() + hum) * loudness
    return noise


def encode(channels: NDArray[np.int16], script: Script) -> None:
    """Write the channels in the script's encoding."""
    _, container, codec, rate_hz, sample_format, bit_rate = ENCODINGS[script.encoding]
    layout = "stereo" if len(channels) == 2 else "mono"
    frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(channels.T).reshape(1, -1), format="s16", layout=layout)
    frame.sample_rate, frame.time_base, frame.pts = RATE_HZ, Fraction(1, RATE_HZ), 0
    buffer = io.BytesIO()
    with av.open(buffer, "w", format=container, container_options={"fflags": "+bitexact"}) as output:
        stream = cast(av.AudioStream, output.add_stream(codec, rate=rate_hz, layout=layout, format=sample_format))
        if bit_rate:
            stream.bit_rate = bit_rate
        resampler = av.AudioResampler(format=sample_format, layout=layout, rate=rate_hz, frame_size=stream.frame_size)
        for piece in [*resampler.resample(frame), *resampler.resample(None)]:
            output.mux(stream.encode(piece))
        output.mux(stream.encode(None))
    script.audio.write_bytes(buffer.getvalue())


def faults_of(script: Script) -> Iterator[str]:
    """Sentences about what is wrong with one sample's files."""
    where = f"{script.path}:"
    missing = [p.name for p in (script.audio, script.truth) if not p.is_file()]
    if missing:
        yield f"{where} {', '.join(missing)} is not there; run make_samples.py {script.name}."
        return
    truth = json.loads(script.truth.read_text(encoding="utf-8"))
    if [u["text"] for u in truth["utterances"]] != [line.text for line in script.lines]:
        yield f"{where} the script was changed after its rendering; run make_samples.py {script.name}."
    with av.open(str(script.audio)) as container:
        stream = container.streams.audio[0]
        seconds = sum(frame.samples for frame in container.decode(stream)) / stream.rate
        if stream.channels != len(script.parties):
            yield f"{where} {stream.channels} channels, but {len(script.parties)} parties."
    if abs(seconds - truth["duration"]) > 0.2:
        yield f"{where} the recording has {seconds:.1f} s and its truth {truth['duration']:.1f} s; render it again."
    shortest, longest = SECONDS_ALLOWED[script.kind]
    if not shortest <= seconds <= longest:
        yield f"{where} {seconds:.0f} s, but a {script.kind} here has {shortest:.0f} to {longest:.0f} s."


def faults_of_all(folder: Path) -> list[str]:
    """Sentences about what is wrong with the folder as a whole."""
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return [f"samples/ has {size:,} bytes; the limit is {SIZE_LIMIT_BYTES:,}."] if size > SIZE_LIMIT_BYTES else []


if __name__ == "__main__":
    sys.exit(main())
