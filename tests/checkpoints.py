"""Small Whisper checkpoints for tests: random weights, and a sentence they say whatever they hear.

Random weights babble for as long as they are allowed to. Here the text positions' embeddings point
at the tokens to be said, so decoding is real, short and the same every time.
"""

import warnings
from dataclasses import dataclass
from pathlib import Path

import torch
from whisper.model import ModelDimensions, Whisper
from whisper.tokenizer import Tokenizer, get_tokenizer

_MULTILINGUAL_VOCABULARY = 51_865
_PUSH = 40.0
_SHARPNESS = 5.0


@dataclass(frozen=True)
class Shape:
    """How large a model is."""

    width: int
    heads: int
    layers: int


SMALL = Shape(64, 1, 1)
LIKE_TINY = Shape(384, 6, 4)


def write_checkpoint(
    path: Path,
    *,
    sentence: str = "thank you for calling",
    seconds: float = 2.0,
    language: str = "en",
    shape: Shape = SMALL,
) -> Path:
    """Save a multilingual model that hears `sentence` in the first `seconds` of a window."""
    torch.manual_seed(0)
    dims = dimensions(shape)
    model = Whisper(dims)
    tokenizer = tokenizer_for(language)
    begin = tokenizer.timestamp_begin
    # What the model says after the start, the language and the task, one token for each position.
    said = [
        tokenizer.language_token,
        tokenizer.transcribe,
        begin,
        *tokenizer.encode(" " + sentence),
        begin + round(seconds / 0.02),
    ]
    with torch.no_grad():
        vectors = torch.nn.functional.normalize(torch.randn(dims.n_vocab, shape.width), dim=1)
        model.decoder.token_embedding.weight.copy_(vectors)
        positions = vectors[tokenizer.eot].repeat(dims.n_text_ctx, 1)
        positions[: len(said)] = vectors[said]
        model.decoder.positional_embedding.copy_(_PUSH * positions)
        # Sharp enough that the pushed token has practically all of the probability.
        model.decoder.ln.weight.fill_(_SHARPNESS)
        for name, weight in model.decoder.blocks.named_parameters():
            if name.endswith("weight") and weight.dim() > 1:
                weight.mul_(0.1)
    torch.save({"dims": dims.__dict__, "model_state_dict": model.state_dict()}, path)
    return path


def dimensions(shape: Shape) -> ModelDimensions:
    """Those of a multilingual model."""
    return ModelDimensions(
        n_mels=80,
        n_audio_ctx=1500,
        n_audio_state=shape.width,
        n_audio_head=shape.heads,
        n_audio_layer=shape.layers,
        n_vocab=_MULTILINGUAL_VOCABULARY,
        n_text_ctx=448,
        n_text_state=shape.width,
        n_text_head=shape.heads,
        n_text_layer=shape.layers,
    )


def tokenizer_for(language: str) -> Tokenizer:
    """The tokens of all multilingual models."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # The library leaves its vocabulary's file open.
        return get_tokenizer(multilingual=True, language=language, task="transcribe")
