"""Tolerant matching: what recognisers damage is found, what merely looks alike is not."""

import pytest

from voiceops.analysis.heard import hear
from voiceops.analysis.match import Candidate, find_candidates, prepare_matcher
from voiceops.analysis.sound_alike import KIN, Vocabulary
from voiceops.domain.keyword_set import Keyphrase, Strictness
from voiceops.domain.recording import Party
from voiceops.domain.transcript import Transcript, Utterance, Word


def the_best(code: str, variant: str, *texts: str, never: tuple[str, ...] = ()) -> Candidate | None:
    utterances = tuple(Utterance(Party.AGENT, 5.0 * at, 5.0 * at + 4, text) for at, text in enumerate(texts))
    matcher = prepare_matcher([Keyphrase("phrase", (variant,), never)], code)
    found = find_candidates(matcher, hear(Transcript(code, 60.0, utterances), code)).of("phrase")
    return found[0] if found else None


def is_accepted(candidate: Candidate | None, strictness: Strictness = Strictness.NORMAL) -> bool:
    return candidate is not None and candidate.score >= candidate.accepts(strictness)


@pytest.mark.parametrize(
    ("code", "variant", "heard"),
    [
        ("en", "this call is recorded", "this coal is recorded"),
        ("en", "this call is recorded", "for quality this call is re corded"),
        ("en", "welcome to north wind", "welcome to northwind"),
        ("en", "I want to cancel the contract", "i really want to can cel the contract today"),
        ("en", "thank you for calling", "thanks for calling"),
        ("en", "the price is {number}", "the price is twenty nine dollars"),
        ("en", "my name is {name} from sales", "my name is Mary Ann from sales"),
        ("en", "send it by {any:2 words} today please", "send it by registered mail today please"),
        ("en", "you can cancel the contract within fourteen days", "within fourteen days you can cancel the contract"),
        ("en", "it is entirely free", "it's totally free"),
        ("en", "you must sign the form now", "you need to sign the form now"),
        ("en", "I want to switch to another provider", "I'd love to switch to a different provider"),
        ("hu", "a hívást rögzítjük", "a hivast rogzitjuk"),
        ("hu", "a hívást rögzítjük", "a hívás rögzítésre kerül"),
        ("hu", "hozzájárulok az adatkezeléshez", "hozzájárulok az adat kezeléshez"),
        ("hu", "hozzájárulok az adatkezeléshez", "az adatkezeléshez hozzájárulok"),
        ("hu", "fel szeretném mondani a szerződést", "szeretném felmondani a szerződést"),
        ("fa", "این تماس ضبط می‌شود", "این تماس زبط مي شود"),
        ("fa", "این تماس ضبط می‌شود", "این تماس برای آموزش ضبط می‌شود"),
    ],
)
def test_what_a_recogniser_makes_of_the_wording_is_found(code: str, variant: str, heard: str) -> None:
    assert is_accepted(the_best(code, variant, heard))


@pytest.mark.parametrize(
    ("code", "variant", "heard"),
    [
        ("en", "thank you for calling", "thank you for watching"),
        ("en", "this call is recorded", "your call is important"),
        ("en", "sorry", "that is a long story"),
        ("en", "I want to cancel my contract", "I want to renew my contract"),
        ("en", "you can cancel within fourteen days", "you can cancel within thirty days"),
        ("hu", "a hívást rögzítjük", "visszahívjuk holnap"),
        ("fa", "از تماس شما متشکرم", "از صبر شما متشکرم"),
    ],
)
def test_what_only_looks_alike_is_not_accepted(code: str, variant: str, heard: str) -> None:
    assert not is_accepted(the_best(code, variant, heard))


def test_a_never_wording_takes_its_place_away() -> None:
    heard = "this is a recorded message about your call"
    assert the_best("en", "recorded message", heard) is not None
    assert the_best("en", "recorded message", heard, never=("this is a recorded message",)) is None


def test_strictness_decides_how_much_may_differ() -> None:
    damaged = the_best("en", "this call may be recorded or monitored", "this call may be recorded or money toad")
    assert is_accepted(damaged, Strictness.LOOSE)
    assert not is_accepted(damaged, Strictness.EXACT)


def test_evidence_has_the_times_of_its_words() -> None:
    words = tuple(Word(text, at, at + 0.5, 0.9) for at, text in enumerate(["well", "this", "call", "is", "recorded"]))
    transcript = Transcript("en", 60.0, (Utterance(Party.AGENT, 0, 5, "well this call is recorded", words),))
    matcher = prepare_matcher([Keyphrase("phrase", ("this call is recorded",))], "en")
    [candidate] = find_candidates(matcher, hear(transcript, "en")).of("phrase")
    evidence = candidate.evidence()
    assert (evidence.start, evidence.end, evidence.words) == (1, 4.5, "this call is recorded")
    assert (evidence.similarity, evidence.probability) == (100, 0.9)


def test_words_without_times_share_the_utterance_by_their_letters() -> None:
    candidate = the_best("en", "this call is recorded", "we say this call is recorded")
    assert candidate is not None
    assert candidate.start == pytest.approx(4 * 7 / 29)


def test_the_nearest_place_is_found_even_where_nothing_matches() -> None:
    transcript = Transcript("en", 60.0, (Utterance(Party.AGENT, 0, 5, "good morning to you"),))
    matcher = prepare_matcher([Keyphrase("phrase", ("this call is recorded",))], "en")
    candidates = find_candidates(matcher, hear(transcript, "en"))
    assert not candidates.of("phrase")
    nearest = candidates.nearest("phrase")
    assert nearest is not None
    assert not is_accepted(nearest)


def test_kindred_little_words_come_in_the_order_of_the_vocabulary_in_every_process() -> None:
    vocabulary = Vocabulary("en")
    for form in ("might", "can", "may", "should", "shall", "will", "could"):
        vocabulary.add(form)

    kindred = [number for number, likeness in vocabulary.alike("would").items() if likeness == KIN]

    assert len(kindred) > 3
    assert kindred == sorted(kindred)


def test_a_place_stretched_beyond_its_edge_leaves_nothing_to_its_left() -> None:
    heard = (
        "it should arrive by the end in the week raember you can cancel it within 14 days "
        "it looks little the rouder needs a restart"
    )
    matcher = prepare_matcher([Keyphrase("phrase", ("thanks in my call",))], "en")
    runs = hear(Transcript("en", 60.0, (Utterance(Party.AGENT, 0.0, 9.0, heard),)), "en")
    assert find_candidates(matcher, runs).nearest("phrase") is not None
