"""Small Whisper checkpoints for tests: random weights, and a sentence they say whatever they hear.

Random weights babble for as long as they are allowed to. Here the text positions' embeddings point
at the tokens to be said, so decoding is real, short and the same every time.
"""

import warnings
from pathlib import Path

import torch
from whisper.model import ModelDimensions, Whisper
from whisper.tokenizer import get_tokenizer

_WIDTH = 64
_MULTILINGUAL_VOCABULARY = 51_865
_PUSH = 40.0
_SHARPNESS = 5.0


def write_checkpoint(
    path: Path, *, sentence: str = "thank you for calling", seconds: float = 2.0, language: str = "en", seed: int = 0
) -> Path:
    """Save a one-layer multilingual model that hears `sentence` in the first `seconds` of a window."""
    torch.manual_seed(seed)
    dims = ModelDimensions(
        n_mels=80,
        n_audio_ctx=1500,
        n_audio_state=_WIDTH,
        n_audio_head=1,
        n_audio_layer=1,
        n_vocab=_MULTILINGUAL_VOCABULARY,
        n_text_ctx=448,
        n_text_state=_WIDTH,
        n_text_head=1,
        n_text_layer=1,
    )
    model = Whisper(dims)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # The library leaves its vocabulary's file open.
        tokenizer = get_tokenizer(multilingual=True, language=language, task="transcribe")
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
        vectors = torch.nn.functional.normalize(torch.randn(dims.n_vocab, _WIDTH), dim=1)
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
