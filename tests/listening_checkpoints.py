"""Whisper checkpoints made by hand that say as many words as there is speech in a window, and place them evenly.

Random weights do not stop talking by themselves, and what they say does not hang on the sound. These do as trained ones
do: each second of speech costs about as many steps of the decoder as people say tokens in one, silence costs three or
four. So two programs can be compared by one file, however each of them cuts its windows.

How it works, by coordinates of the model's vectors, of which tokens use only those from `_FREE` on:

- The first convolutions turn the loudness of each 20 ms in the telephone's band into 0 or `_VOICED`, in `_SPEECH`.
- The decoder's first layer looks at all frames alike, so it reads the share of them that are loud. In `_CLOCK` stands
  how many tokens the position is past what that share allows.
- Its feed-forward part pushes the closing time stamp once the clock is past zero, and after that stamp the end. Until
  then the position itself pushes the next word of the text.
- Positions and frames carry the same code of their time in `_TIME`; the later layers' attention, from which word times
  are taken, looks where both agree.

All other weights are small random numbers: they cost what trained ones cost and change next to nothing.
"""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from whisper.model import Whisper

from tests.checkpoints import LIKE_TINY, dimensions, tokenizer_for

# In the sample calls a second of speech, with the short pauses in it, has 3.4 tokens, a second of loud frames 5.1.
TOKENS_PER_SECOND, _TOKENS_PER_LOUD_SECOND = 3.4, 5.1
_SPEECH, _CLOCK, _STAMP = 0, 0, 1
_TIME = slice(2, 34)
_FREE = 34

_FRAMES, _WINDOW_SECONDS = 1500, 30.0
# Of 80 mel bands: about 300 to 3,400 Hz, and above 7,200 Hz, where a telephone has nothing. Behind a window's end the
# library puts zeros into all bands, which by themselves would be loud.
_BANDS, _BEYOND = slice(10, 56), slice(74, 80)
_LOUD, _SLOPE, _VOICED = -0.3, 60.0, 5.0
_PUSH, _SHARPNESS = 40.0, 5.0
_TICK = 0.1  # what a token counts on the clock, small beside the push
_STEP = 8.0  # what the feed-forward part makes of a token past the end
_QUIET = 0.02  # the scale of weights that are only there to be multiplied


def write_listening_checkpoint(path: Path) -> Path:
    """Save a multilingual model of tiny's size that says the beginning of one text for as long as there is speech."""
    torch.manual_seed(0)
    tokenizer = tokenizer_for("en")
    model = Whisper(dimensions(LIKE_TINY))
    with torch.no_grad():
        for weight in model.parameters():
            if weight.dim() > 1:
                weight.mul_(_QUIET)
        _listen(model)
        vectors = _say(model, tokenizer, [tokenizer.timestamp_begin, *tokenizer.encode(_text())])
        _stop(model.decoder.blocks[0], vectors, tokenizer)
        for block in model.decoder.blocks[1:]:
            _place(block.cross_attn)
    torch.save({"dims": vars(model.dims), "model_state_dict": model.state_dict()}, path)
    return path


def _listen(model: Any) -> None:
    """Each frame's vector: whether there is speech, the code of its time, and ones that keep its length the same."""
    encoder = model.encoder
    for convolution in (encoder.conv1, encoder.conv2):
        convolution.weight.zero_()
        convolution.bias.zero_()
    # The difference of two ramps is a step: it rises from 0 to _VOICED and stays there.
    for row, bands in enumerate((_BANDS, _BANDS, _BEYOND, _BEYOND)):
        encoder.conv1.weight[row, bands, 1] = _SLOPE / (bands.stop - bands.start)
        encoder.conv1.bias[row] = -_SLOPE * _LOUD - _VOICED * (row % 2)
    encoder.conv2.weight[_SPEECH, :4, 1] = torch.tensor([1.0, -1.0, -1.0, 1.0])
    seconds = torch.arange(_FRAMES) * _WINDOW_SECONDS / _FRAMES
    positions = encoder.positional_embedding
    positions.zero_()
    positions[:, _TIME] = _code(seconds)
    positions[:, _FREE:] = torch.tensor([1.0, -1.0]).repeat(positions.shape[1])[: positions.shape[1] - _FREE]


def _say(model: Any, tokenizer: Any, said: Sequence[int]) -> torch.Tensor:
    """Each position pushes one token after the start, language and task; the vectors of all tokens are returned."""
    decoder = model.decoder
    vectors = torch.randn_like(decoder.token_embedding.weight)
    # A mean of its own would set the clock when the norm takes it away.
    vectors -= vectors[:, _FREE:].mean(dim=1, keepdim=True)
    vectors[:, :_FREE] = 0.0
    vectors = torch.nn.functional.normalize(vectors, dim=1)
    vectors[tokenizer.timestamp_begin :, _STAMP] = 2.0
    decoder.token_embedding.weight.copy_(vectors)
    first = len(tokenizer.sot_sequence) - 1
    positions = decoder.positional_embedding
    pushed = torch.tensor([tokenizer.language_token, tokenizer.transcribe, *said])
    pushed = torch.nn.functional.pad(pushed, (0, len(positions)))[: len(positions)]
    positions.copy_(_PUSH * vectors[pushed])
    positions[:, _STAMP] = 0.0
    count = torch.arange(len(positions)) - first - 2
    positions[:, _CLOCK] = _TICK * count
    positions[:, _TIME] = _code(count / TOKENS_PER_SECOND)
    decoder.ln.weight.fill_(_SHARPNESS)
    return vectors


def _stop(block: Any, vectors: torch.Tensor, tokenizer: Any) -> None:
    """Set the clock back by the share of speech, and push the end once it is past zero."""
    for part in (block.attn.out, block.cross_attn.query, block.cross_attn.value, block.cross_attn.out, *block.mlp[::2]):
        part.weight.zero_()
        part.bias.zero_()
    block.cross_attn.value.weight[0, _SPEECH] = 1 / _VOICED
    block.cross_attn.out.weight[_CLOCK, 0] = -_TICK * _TOKENS_PER_LOUD_SECOND * _WINDOW_SECONDS
    # What the norm before the feed-forward part leaves of one on the clock, beside a push.
    length = _PUSH / vectors.shape[1] ** 0.5
    enter, leave = block.mlp[0], block.mlp[2]
    stamp, end = vectors[tokenizer.timestamp_begin + round(29.0 / 0.02)], vectors[tokenizer.eot]
    enter.weight[0, _CLOCK] = enter.weight[1, _CLOCK] = _STEP * length / _TICK
    enter.weight[1, _STAMP] = 3 * _STEP * length / 2.0
    enter.bias[1] = -2 * _STEP
    leave.weight[:, 0] = 3 * _PUSH / _STEP * stamp
    leave.weight[_STAMP, 0] = 0.0
    leave.weight[:, 1] = 24 * _PUSH / _STEP * end


def _place(attention: Any) -> None:
    """Every head looks at the frames whose code of time is that of the position."""
    width = _TIME.stop - _TIME.start
    for weight in (attention.query.weight, attention.key.weight):
        for head in range(0, len(weight), len(weight) // attention.n_head):
            weight[head : head + width, _TIME] = 4.0 * torch.eye(width)


def _code(seconds: torch.Tensor) -> torch.Tensor:
    """Sines and cosines of the time at periods from 2 to 64 seconds."""
    periods = 2.0 ** torch.linspace(1, 6, (_TIME.stop - _TIME.start) // 2)
    turns = 2 * torch.pi * seconds[:, None] / periods
    return torch.cat([turns.sin(), turns.cos()], dim=1)


def _text() -> str:
    """Plain English that does not repeat itself: in a loop Whisper would try again and again at other temperatures."""
    text = (Path(__file__).parents[1] / "docs" / "qa.md").read_text("utf-8").lower()
    return " " + " ".join(re.findall(r"[a-z]+", text)[:150])
