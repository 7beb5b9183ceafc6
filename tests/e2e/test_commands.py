"""The commands whose form is fixed: one JSON document on stdout, or status 2 and a sentence on stderr."""

import io
import json
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.builders import a_transcript
from tests.spoken import a_spoken_wav
from voiceops.analysis.transcript_document import write_transcript
from voiceops.cli import main

SAMPLES = Path(__file__).parents[2] / "samples"
CALL = SAMPLES / "calls" / "05-consent-refused.flac"
VOICEMAIL = SAMPLES / "voicemails" / "01-urgent.flac"
SET = SAMPLES / "keyword_sets" / "service-call-en.yaml"


@dataclass(frozen=True)
class Done:
    """A command that ended."""

    status: int
    stdout: str
    stderr: str


def voiceops(*words: object) -> Done:
    """Run the command line in this process, which saves a second of imports for each of many commands."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as ending:
        main([str(word) for word in words])
    return Done(int(ending.value.code or 0), out.getvalue(), err.getvalue())


def result(*words: object) -> Any:
    done = voiceops(*words)
    assert done.status == 0, done.stderr
    return json.loads(done.stdout)


def test_the_command_is_installed_and_ends_with_status_2_and_a_sentence() -> None:
    command = [str(Path(sys.executable).parent / "voiceops"), "probe", "missing.wav", "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "voiceops: missing.wav: There is no such file. Check the path and try again.\n"


@pytest.fixture
def transcript_file(tmp_path: Path) -> Path:
    transcript = a_transcript(
        "agent: thank you for calling this call is recorded how can I help you",
        "customer: my name is mary johnson please call me back on two one two five five five two three six eight",
    )
    path = tmp_path / "call.json"
    path.write_text(json.dumps(write_transcript(transcript)), encoding="utf-8")
    return path


def test_probe_tells_what_a_recording_is() -> None:
    document = result("probe", CALL, "--json")
    assert (document["channels"], document["sample_rate_hz"], document["codec"]) == (2, 16000, "flac")
    assert 40 <= document["duration"] <= 120
    assert len(document["speech_seconds"]) == 2
    assert all(0 < seconds < document["duration"] for seconds in document["speech_seconds"])
    assert [sound["clarity"] for sound in document["sound"]] == [100, 100]
    assert len(document["sha256"]) == 64


def test_probe_hears_no_speech_in_noise() -> None:
    assert result("probe", SAMPLES / "voicemails" / "07-only-noise.wav", "--json")["speech_seconds"] == [0]


def test_transcribe_hears_a_voicemail_with_times_and_probabilities() -> None:
    document = result("transcribe", VOICEMAIL, "--json", "--transcriber", "pocketsphinx", "--kind", "voicemail")
    assert document["language"] == "en"
    words = [word for utterance in document["utterances"] for word in utterance["words"]]
    assert {utterance["party"] for utterance in document["utterances"]} == {"caller"}
    assert "heating" in {word["text"] for word in words}
    assert all(0 <= word["start"] <= word["end"] <= document["duration"] for word in words)
    assert all(0 <= word["probability"] <= 1 for word in words)


def test_evaluate_gives_every_rules_outcome_with_its_evidence(transcript_file: Path) -> None:
    document = result("evaluate", "--keywords", SET, "--transcript", transcript_file, "--json")
    assert document["transcript"] == str(transcript_file)
    assert document["keyword_set"]["id"] == "service-call-en"
    findings = {finding["rule"]: finding for finding in document["findings"]}
    notice = findings["recording-notice"]
    assert (notice["outcome"], notice["party"]) == ("met", "agent")
    assert notice["start"] < notice["end"]
    assert notice["similarity"] > 90
    assert set(notice) >= {"rule", "outcome", "party", "start", "end", "words", "similarity", "reason"}


def test_evaluate_goes_through_a_folder_in_one_line_each(transcript_file: Path) -> None:
    (transcript_file.parent / "second.json").write_text(transcript_file.read_text(encoding="utf-8"), encoding="utf-8")
    done = voiceops("evaluate", "--keywords", SET, "--transcript", transcript_file.parent, "--json")
    assert done.status == 0
    assert [Path(json.loads(line)["transcript"]).name for line in done.stdout.splitlines()] == [
        "call.json",
        "second.json",
    ]


def test_one_bad_transcript_in_a_folder_does_not_hide_the_others(transcript_file: Path) -> None:
    (transcript_file.parent / "broken.json").write_text("{", encoding="utf-8")
    done = voiceops("evaluate", "--keywords", SET, "--transcript", transcript_file.parent, "--json")
    assert done.status == 2
    assert len(done.stdout.splitlines()) == 1
    assert "broken.json" in done.stderr


def test_facts_finds_number_and_name_and_says_null_for_the_rest(transcript_file: Path) -> None:
    document = result("facts", "--transcript", transcript_file, "--json", "--region", "US")
    assert document["callback_number"]["e164"] == "+12125552368"
    assert document["caller_name"]["value"] == "Mary Johnson"
    assert document["wanted_at"] is None
    assert document["urgency"]["value"] in {"low", "normal", "high"}


def test_a_time_of_receipt_without_a_zone_is_the_callers_own(tmp_path: Path) -> None:
    message = a_transcript("caller: please call me back tomorrow at nine in the morning")
    path = tmp_path / "message.json"
    path.write_text(json.dumps(write_transcript(message)), encoding="utf-8")
    document = result("facts", "--transcript", path, "--json", "--region", "HU", "--received-at", "2026-03-05")
    assert document["wanted_at"]["value"] == "2026-03-06T09:00:00+01:00"


def test_the_shipped_keyword_sets_are_fine() -> None:
    sets = sorted((Path(__file__).parents[2] / "keyword_sets").glob("*.yaml"))
    documents = result("keywords", "check", *sets, "--json")
    assert len(documents) == len(sets) >= 24
    assert not any(document["problems"] for document in documents)


def broken(tmp_path: Path, name: str) -> Path:
    """Files that are not what they seem."""
    mp3 = (SAMPLES / "calls" / "07-sale-agreed.mp3").read_bytes()
    contents = {
        "empty.wav": b"",
        "letter.wav": b"Dear colleague, this is a letter.\n" * 50,
        "truncated.mp3": mp3[:300],
        "header-only.wav": a_spoken_wav()[:44],
        "one-byte.wav": b"R",
    }
    path = tmp_path / name
    if name in contents:
        path.write_bytes(contents[name])
    return path


@pytest.mark.parametrize("command", ["probe", "transcribe"])
@pytest.mark.parametrize(
    "name", ["empty.wav", "letter.wav", "truncated.mp3", "header-only.wav", "one-byte.wav", "missing.wav", "."]
)
def test_bad_audio_ends_with_a_sentence_and_status_2(tmp_path: Path, command: str, name: str) -> None:
    words = ["--transcriber", "pocketsphinx"] if command == "transcribe" else []
    done = voiceops(command, broken(tmp_path, name), "--json", *words)
    assert (done.status, done.stdout) == (2, "")
    assert done.stderr.startswith("voiceops: ")
    assert "Traceback" not in done.stderr


def test_an_mp3_cut_in_the_middle_is_used_and_the_rest_is_said_to_be_missing(tmp_path: Path) -> None:
    mp3 = (SAMPLES / "calls" / "07-sale-agreed.mp3").read_bytes()
    path = tmp_path / "half.mp3"
    path.write_bytes(mp3[: len(mp3) // 2])
    done = voiceops("probe", path, "--json")
    whole = result("probe", SAMPLES / "calls" / "07-sale-agreed.mp3", "--json")
    assert json.loads(done.stdout)["duration"] < whole["duration"]
    assert "cut short" in done.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("evaluate", "--keywords", "missing.yaml", "--transcript", "missing.json"),
        ("evaluate", "--keywords", __file__, "--transcript", "missing.json"),
        ("facts", "--transcript", "missing.json"),
        ("facts", "--transcript", SET),
        ("transcribe", VOICEMAIL, "--transcriber", "nobody"),
        ("transcribe", VOICEMAIL, "--transcriber", "pocketsphinx", "--language", "hu"),
        ("transcribe", VOICEMAIL, "--transcriber", "pocketsphinx", "--parties", "agent,customer"),
        ("transcribe", VOICEMAIL, "--transcriber", "pocketsphinx", "--parties", "robot"),
        ("transcribe", VOICEMAIL, "--transcriber", "whisper", "--model", "no-such-model"),
        ("keywords", "check", "missing.yaml"),
    ],
    ids=lambda words: " ".join(Path(str(word)).name for word in words),
)
def test_bad_input_ends_with_a_sentence_and_status_2(words: tuple[object, ...]) -> None:
    done = voiceops(*words, "--json")
    assert done.status == 2
    assert "Traceback" not in done.stderr
    assert done.stderr.strip() or json.loads(done.stdout)


def test_brackets_in_names_and_words_are_shown_as_they_are(transcript_file: Path) -> None:
    named = transcript_file.rename(transcript_file.with_name("[red]call:smile:.json"))
    done = voiceops("evaluate", "--keywords", SET, "--transcript", named)
    assert done.status == 0
    assert "[red]call:smile:.json" in done.stdout.replace("\n", "")


@pytest.mark.parametrize("region", ["XX", "usa", "0", "é"])
def test_a_country_that_does_not_exist_is_refused_by_name(transcript_file: Path, region: str) -> None:
    done = voiceops("facts", "--transcript", transcript_file, "--region", region, "--json")
    assert (done.status, done.stdout) == (2, "")
    assert done.stderr.startswith(f"voiceops: --region: “{region}”")


def test_a_setting_that_cannot_be_used_ends_with_a_sentence_that_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VOICEOPS_PORT", "eighty")
    monkeypatch.setenv("VOICEOPS_REDIS_URL", "redis://:secret@nowhere")
    done = voiceops("serve")
    assert (done.status, done.stdout) == (2, "")
    assert "the settings: VOICEOPS_PORT: " in done.stderr
    assert "secret" not in done.stderr
