"""What every engine that scores wordings against sound promises, the hosted one included."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import pytest

from tests.checkpoints import write_checkpoint
from voiceops.domain.transcript import Span
from voiceops.engines import SECOND_EARS, load_decoder, load_second_ear
from voiceops.engines.hosted import HostedTranscriber
from voiceops.errors import BadInput
from voiceops.ports import SIGNAL_RATE_HZ, Signal, SpeechChannel, WordingScorer

_SAMPLE = Path(__file__).resolve().parents[2] / "samples" / "calls" / "01-clean.opus"
_SAID, _NOT_SAID = "thank you for calling", "seven grey elephants dancing"


@pytest.fixture(scope="module")
def options(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Mapping[str, object]]:
    checkpoint = write_checkpoint(tmp_path_factory.mktemp("model") / "tiny.pt", sentence=_SAID)
    return {
        "whisper": {"model": str(checkpoint), "device": "cpu", "threads": 1, "careful": True},
        "pocketsphinx": {"careful": True},
        "scripted": {"careful": True},
    }


@pytest.fixture(scope="module", params=[*SECOND_EARS, "hosted pocketsphinx"])
def scorer(request: pytest.FixtureRequest, options: Mapping[str, Mapping[str, object]]) -> Iterator[WordingScorer]:
    name = request.param.removeprefix("hosted ")
    hosted = HostedTranscriber(name, options[name])
    engine = load_second_ear(name, options[name])
    yield hosted if name != request.param else engine
    hosted.close()


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> Signal:
    """The first eight seconds of an agent who says thank you for calling."""
    signal = load_decoder().decode(_SAMPLE, tmp_path_factory.mktemp("spoken")).signals[0]
    return np.array(signal[: 8 * SIGNAL_RATE_HZ])


def test_what_was_said_fits_better_than_what_was_not(scorer: WordingScorer, spoken: Signal) -> None:
    said, other = scorer.score(spoken, [_SAID, _NOT_SAID], language="en")
    assert said is not None
    assert other is None or other.score < said.score
    assert said.score >= SECOND_EARS[scorer.name].weak


def test_the_place_and_each_word_have_times_inside_the_sound(scorer: WordingScorer, spoken: Signal) -> None:
    (fit,) = scorer.score(spoken, [_SAID], language="en")
    assert fit is not None
    assert fit.wording == _SAID
    assert [word.text.lower() for word in fit.words] == _SAID.split()
    assert 0 <= fit.start <= fit.end <= 8.1
    assert all(fit.start <= word.start <= word.end <= fit.end for word in fit.words)


def test_every_wording_is_answered_in_its_place(scorer: WordingScorer, spoken: Signal) -> None:
    fits = scorer.score(spoken, [_SAID, _NOT_SAID, _SAID], language="en")
    assert len(fits) == 3
    assert fits[0] == fits[2]
    assert scorer.score(spoken, [], language="en") == ()


def test_scoring_twice_gives_the_same(scorer: WordingScorer, spoken: Signal) -> None:
    assert scorer.score(spoken, [_SAID], language="en") == scorer.score(spoken, [_SAID], language="en")


@pytest.mark.parametrize("name", SECOND_EARS)
def test_no_wording_reaches_a_transcript_by_having_been_scored(
    name: str, options: Mapping[str, Mapping[str, object]], spoken: Signal
) -> None:
    channel = [SpeechChannel(spoken, (Span(0.0, 8.0),))]
    fresh, asked = load_second_ear(name, options[name]), load_second_ear(name, options[name])
    asked.score(spoken, [_NOT_SAID, _SAID], language="en")
    assert asked.transcribe(channel, language="en") == fresh.transcribe(channel, language="en")


# --- pocketsphinx ------------------------------------------------------------------------------


def test_pocketsphinx_scores_no_word_that_it_does_not_know_and_no_other_language(spoken: Signal) -> None:
    engine = load_second_ear("pocketsphinx", {})
    assert engine.score(spoken, ["thank you for calling zwrxl", "a b"], language="en") == (None, None)
    assert engine.score(spoken, ["köszönöm a hívást"], language="hu") == (None,)


# --- whisper -----------------------------------------------------------------------------------


def test_whisper_refuses_to_score_in_a_language_that_it_does_not_know(
    options: Mapping[str, Mapping[str, object]], spoken: Signal
) -> None:
    with pytest.raises(BadInput, match="klingon"):
        load_second_ear("whisper", options["whisper"]).score(spoken, [_SAID], language="klingon")


def test_whisper_scores_a_stretch_that_is_longer_than_its_window(
    options: Mapping[str, Mapping[str, object]],
) -> None:
    noise = np.random.default_rng(0).normal(0, 500, 50 * SIGNAL_RATE_HZ).astype(np.int16)
    (fit,) = load_second_ear("whisper", options["whisper"]).score(noise, [_SAID], language="en")
    assert fit is not None
    assert fit.end <= 50


# --- the registry ------------------------------------------------------------------------------


def test_an_engine_that_cannot_score_is_refused_with_those_that_can() -> None:
    with pytest.raises(BadInput, match="whisper, pocketsphinx, scripted"):
        load_second_ear("remote", {})
