"""Writes an openai-whisper checkpoint as the folder that CTranslate2 reads, without any download."""

import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Weights = Mapping[str, NDArray[np.float32]]
_ENDING = ".ct2"
# English models have 51,864 tokens; the multilingual ones one more, and one for each language past 99.
_MULTILINGUAL_VOCABULARY = 51_865
_WITHOUT_LANGUAGES = 51_765


def converted_folder(checkpoint: Path) -> Path:
    """Where the checkpoint's conversion lies, whether or not it is there: beside it."""
    return checkpoint.with_suffix(_ENDING)


def convert_checkpoint(checkpoint: Path) -> Path:
    """Convert, and return the folder. It appears as a whole or not at all."""
    import torch
    import whisper

    raw = torch.load(checkpoint, map_location="cpu", weights_only=True)
    weights = {name: tensor.float().numpy() for name, tensor in raw["model_state_dict"].items()}
    dims = raw["dims"]
    tokenizer = _tokenizer(whisper, dims)
    target = converted_folder(checkpoint)
    unfinished = target.with_suffix(_ENDING + ".part")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    _write_model(unfinished, dims, weights, tokenizer, _alignment_heads(whisper, checkpoint.stem, dims))
    _write_tokenizer(unfinished / "tokenizer.json", tokenizer)
    (unfinished / "preprocessor_config.json").write_text(json.dumps({"feature_size": dims["n_mels"]}), "utf-8")
    shutil.rmtree(target, ignore_errors=True)
    return unfinished.rename(target)


def _tokenizer(whisper: Any, dims: Mapping[str, int]) -> Any:
    multilingual = dims["n_vocab"] >= _MULTILINGUAL_VOCABULARY
    languages = dims["n_vocab"] - _WITHOUT_LANGUAGES - int(multilingual)
    return whisper.tokenizer.get_tokenizer(multilingual, num_languages=languages, language="en", task="transcribe")


def _write_model(
    folder: Path, dims: Mapping[str, int], weights: Weights, tokenizer: Any, heads: Sequence[tuple[int, int]]
) -> None:
    from ctranslate2.specs.whisper_spec import WhisperSpec

    spec = WhisperSpec(dims["n_audio_layer"], dims["n_audio_head"], dims["n_text_layer"], dims["n_text_head"])
    for name in ("conv1", "conv2"):
        _linear(getattr(spec.encoder, name), weights, f"encoder.{name}")
    spec.encoder.position_encodings.encodings = weights["encoder.positional_embedding"]
    spec.decoder.position_encodings.encodings = weights["decoder.positional_embedding"]
    spec.decoder.embeddings.weight = weights["decoder.token_embedding.weight"]
    spec.decoder.projection.weight = weights["decoder.token_embedding.weight"]
    _norm(spec.encoder.layer_norm, weights, "encoder.ln_post")
    _norm(spec.decoder.layer_norm, weights, "decoder.ln")
    for number, layer in enumerate(spec.encoder.layer):
        _layer(layer, weights, f"encoder.blocks.{number}")
    for number, layer in enumerate(spec.decoder.layer):
        _layer(layer, weights, f"decoder.blocks.{number}")
        _attend(layer.attention, weights, f"decoder.blocks.{number}.cross_attn", parts=(("query",), ("key", "value")))
    spec.config.alignment_heads = list(heads)
    spec.config.suppress_ids = []
    spec.config.suppress_ids_begin = [*tokenizer.encode(" "), tokenizer.eot]
    spec.config.lang_ids = list(tokenizer.all_language_tokens)
    spec.register_vocabulary(_vocabulary(tokenizer, dims["n_vocab"]))
    spec.validate()
    spec.optimize(quantization="float16")
    spec.save(str(folder))


def _layer(layer: Any, weights: Weights, name: str) -> None:
    _attend(layer.self_attention, weights, f"{name}.attn", parts=(("query", "key", "value"),))
    _norm(layer.ffn.layer_norm, weights, f"{name}.mlp_ln")
    _linear(layer.ffn.linear_0, weights, f"{name}.mlp.0")
    _linear(layer.ffn.linear_1, weights, f"{name}.mlp.2")


def _attend(spec: Any, weights: Weights, name: str, *, parts: Sequence[Sequence[str]]) -> None:
    """CTranslate2 multiplies several projections at once; a key has no bias."""
    _norm(spec.layer_norm, weights, f"{name}_ln")
    for linear, joined in zip(spec.linear, parts, strict=False):
        linear.weight = np.concatenate([weights[f"{name}.{part}.weight"] for part in joined])
        nothing = np.zeros_like(weights[f"{name}.query.bias"])
        linear.bias = np.concatenate([weights.get(f"{name}.{part}.bias", nothing) for part in joined])
    _linear(spec.linear[-1], weights, f"{name}.out")


def _linear(spec: Any, weights: Weights, name: str) -> None:
    spec.weight, spec.bias = weights[f"{name}.weight"], weights[f"{name}.bias"]


def _norm(spec: Any, weights: Weights, name: str) -> None:
    spec.gamma, spec.beta = weights[f"{name}.weight"], weights[f"{name}.bias"]


def _alignment_heads(whisper: Any, stem: str, dims: Mapping[str, int]) -> Sequence[tuple[int, int]]:
    """The heads that tell word times: as published for the checkpoint, else all of the later layers."""
    import base64
    import gzip

    shape = dims["n_text_layer"], dims["n_text_head"]
    dump = whisper._ALIGNMENT_HEADS.get(stem)  # noqa: SLF001  # there is no public table
    if dump is not None:
        mask = np.frombuffer(gzip.decompress(base64.b85decode(dump)), dtype=bool)
        if mask.size == shape[0] * shape[1]:
            return [(int(layer), int(head)) for layer, head in zip(*np.nonzero(mask.reshape(shape)), strict=True)]
    return [(layer, head) for layer in range(shape[0] // 2, shape[0]) for head in range(shape[1])]


def _vocabulary(tokenizer: Any, size: int) -> list[str]:
    """Every token's text by its number, bytes written as the letters that stand for them."""
    ranks = tokenizer.encoding._mergeable_ranks  # noqa: SLF001  # there is no public table
    names = {number: _letters(raw) for raw, number in ranks.items()}
    names |= {number: text for text, number in tokenizer.special_tokens.items()}
    return [names.get(number, f"<|unused {number}|>") for number in range(size)]


def _write_tokenizer(path: Path, tokenizer: Any) -> None:
    from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers

    ranks: Mapping[bytes, int] = tokenizer.encoding._mergeable_ranks  # noqa: SLF001  # there is no public table
    model = models.BPE({_letters(raw): number for raw, number in ranks.items()}, _merges(ranks))
    written = Tokenizer(model)
    written.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    written.decoder = decoders.ByteLevel()
    special = sorted(tokenizer.special_tokens.items(), key=lambda pair: pair[1])
    written.add_special_tokens([AddedToken(text, special=True, normalized=False) for text, _ in special])
    written.save(str(path))


def _merges(ranks: Mapping[bytes, int]) -> list[tuple[str, str]]:
    """The pairs that make each token of several bytes, those of lower rank first, as they were learnt."""
    pairs = [
        (number, max(ranks[raw[:cut]], ranks[raw[cut:]]), raw[:cut], raw[cut:])
        for raw, number in ranks.items()
        for cut in range(1, len(raw))
        if raw[:cut] in ranks and raw[cut:] in ranks
    ]
    return [(_letters(left), _letters(right)) for _, _, left, right in sorted(pairs)]


def _letters(raw: bytes) -> str:
    return "".join(_LETTER_OF_BYTE[byte] for byte in raw)


def _letters_of_bytes() -> dict[int, str]:
    """GPT-2's way to write any byte as a visible letter: printable ones as themselves, the others from 256 on."""
    own = [*range(ord("!"), ord("~") + 1), *range(ord("¡"), ord("¬") + 1), *range(ord("®"), ord("ÿ") + 1)]
    others = [byte for byte in range(256) if byte not in own]
    return {byte: chr(byte) for byte in own} | {byte: chr(256 + number) for number, byte in enumerate(others)}


_LETTER_OF_BYTE = _letters_of_bytes()
