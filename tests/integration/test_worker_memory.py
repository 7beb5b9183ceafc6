"""A worker holds no more after many recordings than after some; `benchmarks.bench_worker_memory` is the long form."""

from pathlib import Path

from benchmarks.bench_worker_memory import MOST_GROWTH, growth, memory_after_each
from tests.checkpoints import write_checkpoint


def test_a_worker_holds_as_much_after_many_formats_and_lengths_as_after_some(tmp_path: Path) -> None:
    model = {"VOICEOPS_MODEL": str(write_checkpoint(tmp_path / "small.pt")), "VOICEOPS_THREADS": "1"}
    assert growth(list(memory_after_each(tmp_path, model, 20))) <= MOST_GROWTH
