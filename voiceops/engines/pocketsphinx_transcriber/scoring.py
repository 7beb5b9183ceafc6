"""Scores wordings against sound with pocketsphinx: found among sounds of any kind, then aligned word by word.

A search for the wording against a loop of all phones tells where it fits best. There it is aligned by force, and each
piece of the alignment is compared with what the recogniser makes of the same frames when it may hear anything. The
worst piece is the score: in "this call is not recorded" all words of "this call is recorded" fit, and what lies
between two of them fits nothing.
"""

import math
import re
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from voiceops.domain.second_look import WordingFit
from voiceops.domain.transcript import Word
from voiceops.ports import SIGNAL_RATE_HZ, Signal

FRAMES_PER_SECOND = 100
_FRAME = SIGNAL_RATE_HZ // FRAMES_PER_SECOND
# Wide enough that a wording is followed through a noisy stretch; the search is narrow, so this costs little.
_BEAM = 1e-300
_ANY = "1e-300"
_MARGIN_FRAMES = 15
# Below so many letters nearly any sound holds the wording somewhere.
_LEAST_LETTERS = 8
_SHORTEST_FRAMES = 10
_WORDS = re.compile(r"[a-z']+")
_VARIANT = re.compile(r"\(\d+\)$")


class PocketsphinxScoring:
    """The decoders that scoring takes: one that searches and aligns, and one that hears freely."""

    def __init__(self, pocketsphinx: Any) -> None:
        # All sounds of the model are weighed in both, without which their likelihoods are in two different scales.
        alike = {"samprate": float(SIGNAL_RATE_HZ), "loglevel": "FATAL", "compallsen": True}
        self._search = pocketsphinx.Decoder(lm=None, beam=_BEAM, pbeam=_BEAM, kws_delay=0, **alike)
        self._free = pocketsphinx.Decoder(maxhmmpf=3000, maxwpf=20, **alike)

    def score(self, signal: Signal, wordings: Sequence[str]) -> tuple[WordingFit | None, ...]:
        """See the port."""
        spoken = [self._spoken(wording) for wording in wordings]
        places = self._places(signal, sorted({text for text in spoken if text}))
        return tuple(
            self._fit(signal, wording, text, places[text]) if text in places else None
            for wording, text in zip(wordings, spoken, strict=True)
        )

    def _spoken(self, wording: str) -> str:
        """The wording as the dictionary writes it, or nothing where it cannot be scored."""
        words = _WORDS.findall(wording.lower())
        if len("".join(words)) < _LEAST_LETTERS or not all(map(self._search.lookup_word, words)):
            return ""
        return " ".join(words)

    def _places(self, signal: Signal, texts: Sequence[str]) -> dict[str, tuple[int, int]]:
        """The frames where each text is likeliest against any other sounds."""
        if not texts:
            return {}
        with TemporaryDirectory(prefix="voiceops-wordings-") as folder:
            path = Path(folder) / "wordings"
            path.write_text("".join(f"{text} /{_ANY}/\n" for text in texts), encoding="ascii")
            self._search.add_kws("wordings", str(path))
        self._search.activate_search("wordings")
        best: dict[str, Any] = {}
        for found in _heard(self._search, signal):
            text = found.word.strip()
            if text not in best or found.prob > best[text].prob:
                best[text] = found
        return {text: (found.start_frame, found.end_frame) for text, found in best.items()}

    def _fit(self, signal: Signal, wording: str, text: str, place: tuple[int, int]) -> WordingFit | None:
        first = max(0, place[0] - _MARGIN_FRAMES)
        stretch = signal[first * _FRAME : (place[1] + _MARGIN_FRAMES) * _FRAME]
        words = text.split()
        row = [(at, at + 1, 1.0, word) for at, word in enumerate(words)]
        self._search.add_fsg("aligned", self._search.create_fsg("aligned", 0, len(words), row))
        self._search.activate_search("aligned")
        pieces = _trimmed(_heard(self._search, stretch))
        if [_VARIANT.sub("", piece.word) for piece in pieces if not _is_filler(piece)] != words:
            return None
        free = _by_frame(_heard(self._free, stretch), len(stretch) // _FRAME + 1)
        score = min(_against(piece, free) for piece in pieces)
        timed = tuple(_word(piece, first) for piece in pieces if not _is_filler(piece))
        return WordingFit(wording, timed[0].start, timed[-1].end, round(score, 3), timed)


def _heard(decoder: Any, signal: Signal) -> list[Any]:
    # What was heard before must not shift the level: the same sound has the same score.
    decoder.reinit_feat()
    decoder.start_utt()
    decoder.process_raw(signal.tobytes(), full_utt=True)
    decoder.end_utt()
    return list(decoder.seg() or ())


def _is_filler(piece: Any) -> bool:
    return bool(piece.word[0] in "<[+")


def _trimmed(pieces: Sequence[Any]) -> Sequence[Any]:
    """The wording's words and what lies between them. The decoder gives its last piece, a silence, no score."""
    if not pieces or not _is_filler(pieces[-1]):
        return ()
    spoken = [at for at, piece in enumerate(pieces) if not _is_filler(piece)]
    return pieces[spoken[0] : spoken[-1] + 1] if spoken else ()


def _by_frame(pieces: Sequence[Any], frames: int) -> list[float]:
    """The log-likelihood of each frame as what was heard freely; a piece's is spread over its frames."""
    found = [0.0] * frames
    for piece in pieces[:-1]:
        long = piece.end_frame - piece.start_frame + 1
        for at in range(piece.start_frame, min(frames, piece.end_frame + 1)):
            found[at] = _log(piece.ascore) / long
    return found


def _against(piece: Any, free: Sequence[float]) -> float:
    """How much less likely a frame is as this piece, in the mean; short pieces are held against a longest breath."""
    rivals = free[piece.start_frame : piece.end_frame + 1]
    return (_log(piece.ascore) - sum(rivals)) / max(len(rivals), _SHORTEST_FRAMES)


def _log(likelihood: float) -> float:
    return math.log(likelihood) if likelihood > 0.0 else -745.0


def _word(piece: Any, first: int) -> Word:
    start = (first + piece.start_frame) / FRAMES_PER_SECOND
    return Word(_VARIANT.sub("", piece.word), start, (first + piece.end_frame + 1) / FRAMES_PER_SECOND)
