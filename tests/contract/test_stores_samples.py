"""What SampleStore promises, on SQLite and on PostgreSQL."""

from datetime import timedelta

import pytest

from tests.builders import NOON
from voiceops.domain.sample import Sample
from voiceops.errors import NotFound
from voiceops.storage.unit_of_work import SqlUnitOfWork


def a_sample(number: int) -> Sample:
    at = NOON + timedelta(minutes=number)
    return Sample(f"s{number}", "vera", at, "queue=sales", 5, "5eed", 120, ("b", "a"))


def test_a_sample_comes_back_as_it_was_and_the_newest_first(unit: SqlUnitOfWork) -> None:
    for number in range(3):
        unit.samples.add(a_sample(number))
    assert unit.samples.get("s1") == a_sample(1)
    assert unit.samples.list(limit=2) == [a_sample(2), a_sample(1)]
    with pytest.raises(NotFound):
        unit.samples.get("s9")
