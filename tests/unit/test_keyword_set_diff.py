"""What differs between two versions of a keyword set, and that equal ones differ in nothing."""

from dataclasses import replace
from pathlib import Path

import pytest

from voiceops.analysis.check_keyword_set import check_keyword_set
from voiceops.analysis.keyword_set_diff import Change, Difference, FieldChange, diff_keyword_sets
from voiceops.domain.keyword_set import Keyphrase, KeywordSet

FILES = sorted((Path(__file__).parents[2] / "keyword_sets").glob("*.yaml"))


def a_set(path: Path = FILES[0]) -> KeywordSet:
    return check_keyword_set(path.read_text(encoding="utf-8"), record=path.name)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_set_differs_in_nothing_from_itself_whatever_its_version(path: Path) -> None:
    one = a_set(path)
    assert diff_keyword_sets(one, replace(one, version=one.version + 1)) == ()


def test_rules_and_keyphrases_that_came_went_and_changed_are_named() -> None:
    before = a_set()
    first, *others = before.rules
    new = replace(first, id="brand-new")
    phrases = dict(before.keyphrases) | {"brand-new": Keyphrase("brand-new", ("hello",))}
    after = replace(before, title="Other", rules=(replace(first, weight=9.0), *others[1:], new), keyphrases=phrases)
    assert set(diff_keyword_sets(before, after)) == {
        Difference("set", before.id, Change.CHANGED, (FieldChange("title", before.title, "Other"),)),
        Difference("rule", first.id, Change.CHANGED, (FieldChange("weight", first.weight, 9.0),)),
        Difference("rule", others[0].id, Change.REMOVED),
        Difference("rule", "brand-new", Change.ADDED),
        Difference("keyphrase", "brand-new", Change.ADDED),
    }
