"""How much a one-hour call's page sends, and how fast: 9,000 words on two channels, held against a shipped keyword set.

    python -m benchmarks.bench_call_page [--rounds 20]

The API runs in a process of its own on loopback, on SQLite. The aim: answered under 500 ms, no more than 1 MB sent.
"""

import argparse
import math
import statistics
import tempfile
import time
from datetime import UTC, datetime
from itertools import cycle, islice
from pathlib import Path

import httpx

from benchmarks.bench_api import PLAIN, api_server
from benchmarks.small_talk import SMALL_TALK
from voiceops.analysis.sound.peaks import MOST_PAIRS
from voiceops.bootstrap import build_services
from voiceops.domain.people import Role
from voiceops.domain.recording import Party, Recording, RecordingKind, RecordingState
from voiceops.domain.transcript import Transcript, Utterance, Word
from voiceops.domain.waveform import ChannelPeaks, Waveform
from voiceops.ports import Services
from voiceops.settings import Settings
from voiceops.shipped import shipped_folder
from voiceops.storage.database import migrate
from voiceops.usecases.analyse_recording import analyse_recording
from voiceops.usecases.create_token import create_token
from voiceops.usecases.upload_keyword_set import upload_keyword_set

AIM_MS, AIM_BYTES = 500, 1_000_000
HOUR, WORDS = 3600.0, 9_000


def main() -> None:
    """Print bytes and times of the page, of the picture of its sound, and of the report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=20)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory(prefix="vo-") as name:
        folder = Path(name)
        url = f"sqlite:///{folder}/voiceops.db"
        migrate(url)
        services = build_services(Settings(data_dir=folder, database_url=url))
        words = _store(services)
        _, secret = create_token(services, name="bench", role=Role.QA)
        print(f"{words} words in one hour; the aim is {AIM_MS} ms and {AIM_BYTES:,} bytes sent")
        with api_server(url, folder) as (address, _):
            headers = {"Authorization": f"Bearer {secret}", "Accept-Encoding": "gzip"}
            with httpx.Client(base_url=address, headers=headers, verify=PLAIN, trust_env=False, timeout=60) as client:
                for path in ("/livez", "/calls/hour", "/calls/hour/report", "/api/v1/recordings/hour/waveform"):
                    _measure(client, path, rounds)


def _measure(client: httpx.Client, path: str, rounds: int) -> None:
    client.get(path).raise_for_status()
    took = []
    for _ in range(rounds):
        began = time.perf_counter()
        with client.stream("GET", path) as answer:
            sent = sum(map(len, answer.iter_raw()))
        took.append((time.perf_counter() - began) * 1000)
    whole = len(client.get(path).content)
    print(f"{path:<36} {statistics.median(took):7.1f} ms  worst {max(took):7.1f}  {sent:>9,} bytes sent of {whole:>9,}")


def _store(services: Services) -> int:
    """A call, its words, its picture and its findings; how many words there are."""
    now = datetime.now(UTC)
    text = (shipped_folder("keyword_sets") / "service-call-en.yaml").read_text("utf-8")
    upload_keyword_set(services, text, file_name="service-call-en.yaml", uploaded_by="bench")
    parties = (Party.AGENT, Party.CUSTOMER)
    call = Recording(
        "hour", RecordingKind.CALL, "0" * 64, "hour.wav", 1, now, parties, RecordingState.TRANSCRIBED, now, HOUR
    )
    said = list(_utterances(parties))
    swings = tuple(round(100 * math.sin(at) ** 3) for at in range(MOST_PAIRS))
    picture = Waveform(HOUR, tuple(ChannelPeaks(one, tuple(-abs(a) for a in swings), swings) for one in parties))
    with services.open_unit() as unit:
        unit.recordings.add(call)
        unit.transcripts.put(call.id, Transcript("en", HOUR, tuple(said)))
        unit.waveforms.put(call.id, picture)
        unit.commit()
    analyse_recording(services, call.id)
    return sum(len(one.words) for one in said)


def _utterances(parties: tuple[Party, ...]) -> list[Utterance]:
    lines = cycle(["welcome to green valley energy how can I help", *SMALL_TALK])
    made: list[Utterance] = []
    step, spoken = HOUR / WORDS, 0
    for line, party in zip(islice(lines, WORDS), cycle(parties), strict=False):
        texts = line.split()
        if spoken + len(texts) > WORDS:
            return made
        words = [
            Word(text, (spoken + at) * step, (spoken + at + 0.9) * step, 0.4 if (spoken + at) % 9 == 0 else 0.97)
            for at, text in enumerate(texts)
        ]
        made.append(Utterance(party, words[0].start, words[-1].end, line, tuple(words)))
        spoken += len(texts)
    return made


if __name__ == "__main__":
    main()
