"""Generates the first text of several windows at once, for faster-whisper's own loop, with all its guards, to find.

The loop takes one window at a time: it generates, tries again at a higher temperature where it doubts, and places the
words. As no window is conditioned on the one before, its first request can be answered for many windows together. What
that request is, the loop says itself: it is run until it asks, and once more when the answers are there.
"""

from collections.abc import Callable, Mapping, Sequence
from copy import copy
from typing import Any

import numpy as np


class _Asked(Exception):
    """The loop asked for its first text."""


class GeneratedAhead:
    """A CTranslate2 model as the loop sees it, that remembers one window: its features and the first text."""

    def __init__(self, model: Any) -> None:
        self._model = model
        self._features: Any = None
        self._texts: list[Any] = []
        self.request: tuple[Any, Sequence[int], Mapping[str, Any]] | None = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self._model, name)

    def answer(self, text: Any) -> None:
        """Keep the text that the loop will ask for first, when it is run again."""
        self._features = self.request[0] if self.request is not None else None
        self._texts = [text]

    def encode(self, features: Any, **options: Any) -> Any:
        """The encoder's features; those of the whole window, which come first, are made once."""
        known, self._features = self._features, None
        return self._model.encode(features, **options) if known is None else known

    def generate(self, features: Any, prompts: Sequence[Sequence[int]], **options: Any) -> Any:
        """Texts as the model itself gives them; the first was made ahead."""
        if self.request is None:
            self.request = features, prompts[0], options
            raise _Asked
        return [self._texts.pop()] if self._texts else self._model.generate(features, prompts, **options)


def generate_ahead(library: Any, hear: Callable[[Any, Any], object], sounds: Sequence[Any]) -> Sequence[Any]:
    """For each window a copy of faster-whisper's model that `hear(model, sound)` can be run with."""
    models = [_asking(library, hear, sound) for sound in sounds]
    requests = [model.model.request for model in models]
    features = _together([asked[0] for asked in requests])
    texts = library.model.generate(features, [asked[1] for asked in requests], **requests[0][2])
    for model, text in zip(models, texts, strict=True):
        model.model.answer(text)
    return models


def _asking(library: Any, hear: Callable[[Any, Any], object], sound: Any) -> Any:
    model = copy(library)
    model.model = GeneratedAhead(library.model)
    try:
        hear(model, sound)
    except _Asked:
        return model
    raise RuntimeError("faster-whisper said something without having generated it")


def _together(features: Sequence[Any]) -> Any:
    """The features of all windows in one; by way of main memory, as the library joins none itself."""
    import ctranslate2

    on_processor = [np.array(one.to_device(ctranslate2.Device.cpu)) for one in features]
    return ctranslate2.StorageView.from_array(np.concatenate(on_processor))
