"""Prepares a stored keyword set for evaluating, once in the life of a process."""

import gc
from collections import OrderedDict
from threading import Lock

from voiceops.analysis.evaluate import PreparedKeywordSet, prepare
from voiceops.domain.keyword_set import KeywordSet

# More sets than one call centre has in use; what is left out is only prepared again.
SETS_KEPT = 64

_kept: OrderedDict[tuple[str, int], PreparedKeywordSet] = OrderedDict()
_lock = Lock()


def prepare_keyword_set(keyword_set: KeywordSet) -> PreparedKeywordSet:
    """The set with its wordings compiled; whoever asks again for the same set gets the same object.

    Preparing takes longer than evaluating a call, and what a prepared set has learnt about words it
    has met makes it faster.
    """
    key = (keyword_set.id, keyword_set.version)
    with _lock:
        found = _kept.pop(key, None)
        # A version is never changed, but a process may see more than one database.
        if found is None or found.keyword_set != keyword_set:
            found = prepare(keyword_set)
            gc.freeze()  # it stays; looking through it again and again for garbage costs a tenth of all evaluating
        _kept[key] = found
        if len(_kept) > SETS_KEPT:
            _kept.popitem(last=False)
    return found
