"""Masks what is private in a transcript: numbers, e-mail addresses and names. Words keep their times."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from voiceops.analysis.facts.languages import language_of
from voiceops.analysis.payment_stretches import payment_stretches
from voiceops.analysis.private_addresses import find_addresses
from voiceops.analysis.private_names import find_names
from voiceops.analysis.private_numbers import find_numbers, find_paid_with
from voiceops.analysis.said_words import Place, said_by, words_of
from voiceops.domain.private import Masked, Private
from voiceops.domain.recording import Party
from voiceops.domain.transcript import Transcript, Utterance, Word

MASK = "•••"


def find_private(transcript: Transcript, wanted: Collection[Private]) -> Mapping[Place, Private]:
    """Where words stand that are to be masked, and as what."""
    language = language_of(transcript)
    hidden: dict[Place, Private] = {}
    paying = payment_stretches(transcript) if Private.CARD in wanted else ()
    # Where voices were told apart, part of a number may have gone to the wrong party: all of them are read as one, too.
    for parties in (*({party} for party in Party), *([set(Party)] if transcript.is_separated else [])):
        said = said_by(transcript, parties, language)
        if Private.EMAIL in wanted:
            hidden.update(dict.fromkeys(find_addresses(said), Private.EMAIL))
        if Private.CARD in wanted:
            hidden.update(dict.fromkeys(find_paid_with(said, language, paying=paying), Private.CARD))
        hidden = dict(find_numbers(said, language, wanted=wanted)) | hidden
    names = find_names(transcript, language) if Private.NAME in wanted else ()
    return dict.fromkeys(names, Private.NAME) | hidden


def mask_words(transcript: Transcript, hidden: Mapping[Place, Private]) -> Transcript:
    """The transcript with these words masked."""
    places = defaultdict[int, set[int]](set)
    for utterance, word in hidden:
        places[utterance].add(word)
    utterances = tuple(_masked(one, places.get(at, set())) for at, one in enumerate(transcript.utterances))
    return replace(transcript, utterances=utterances, masked=tuple(_runs(hidden)))


def _runs(hidden: Mapping[Place, Private]) -> Iterator[Masked]:
    """What is masked, side by side."""
    run: Masked | None = None
    for (utterance, word), what in sorted(hidden.items()):
        if run is not None and (run.what, run.utterance, run.stop) == (what, utterance, word):
            run = replace(run, stop=word + 1)
            continue
        if run is not None:
            yield run
        run = Masked(what, utterance, word, word + 1)
    if run is not None:
        yield run


def _masked(utterance: Utterance, places: Collection[int]) -> Utterance:
    if not places:
        return utterance
    texts = [MASK if place in places else word.text for place, word in enumerate(words_of(utterance))]
    words = tuple(
        Word(MASK, word.start, word.end) if place in places else word for place, word in enumerate(utterance.words)
    )
    return replace(utterance, text=" ".join(texts), words=words)
