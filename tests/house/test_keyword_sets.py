"""Every shipped keyword set carries its duties and does in its examples what it says."""

import json
import re
from functools import cache
from pathlib import Path

import jsonschema
import pytest
import yaml

from voiceops.analysis.check_keyword_set import check_examples
from voiceops.analysis.keyword_set_document import SET_KEYS, read_keyword_set, read_with_report
from voiceops.analysis.keyword_set_rules import RULE_KEYS, WINDOW_KEYS
from voiceops.analysis.language_codes import WITH_RULES
from voiceops.domain.keyword_set import KeywordSet

FOLDER = Path(__file__).parents[2] / "keyword_sets"
PURPOSES = (
    "competitor-mentions",
    "complaint-signals",
    "data-consent",
    "forbidden-promises",
    "outbound-sales",
    "positive-language",
    "recording-notice",
    "service-call",
)
FILES = sorted(FOLDER.glob("*.yaml"))
NAMES = [path.stem for path in FILES]


@cache
def the_set(path: Path) -> KeywordSet:
    return read_keyword_set(path.read_text(encoding="utf-8"), record=path.name)


def test_every_purpose_is_shipped_in_every_language_with_rules() -> None:
    assert [f"{purpose}-{language}" for purpose in PURPOSES for language in WITH_RULES] == NAMES


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_a_set_is_named_like_its_file_and_says_who_answers_for_it_and_why(path: Path) -> None:
    keyword_set = the_set(path)
    assert f"{keyword_set.id}.yaml" == path.name
    assert keyword_set.id.endswith(f"-{keyword_set.language}")
    assert keyword_set.title
    assert keyword_set.owner
    assert len(keyword_set.reason.split()) >= 6, "a reason is a sentence"


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_every_rule_has_examples_of_both_kinds_and_every_keyphrase_several_variants(path: Path) -> None:
    keyword_set = the_set(path)
    for rule in keyword_set.rules:
        assert len(rule.examples.match) >= 2, rule.id
        assert len(rule.examples.no_match) >= 2, rule.id
        assert not set(rule.examples.match) & set(rule.examples.no_match), rule.id
    for keyphrase in keyword_set.keyphrases.values():
        assert len(keyphrase.variants) >= 4, keyphrase.id
        assert len(set(keyphrase.variants)) == len(keyphrase.variants), keyphrase.id


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_a_set_fits_the_schema_that_editors_use(path: Path) -> None:
    schema = json.loads((FOLDER / "schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(yaml.safe_load(path.read_text(encoding="utf-8")), schema)


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_every_keyphrase_is_used(path: Path) -> None:
    keyword_set = the_set(path)
    used = {name for rule in keyword_set.rules for name in (*rule.any_of, *rule.all_of, *rule.none_of)}
    used |= {rule.applies_if.mentioned for rule in keyword_set.rules if rule.applies_if.mentioned}
    assert used == set(keyword_set.keyphrases)


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_the_examples_behave(path: Path) -> None:
    keyword_set, report = read_with_report(path.read_text(encoding="utf-8"))
    assert keyword_set is not None
    assert [f"line {p.line}: {p.sentence}" for p in check_examples(keyword_set, report.lines)] == []


@pytest.mark.parametrize("purpose", PURPOSES)
def test_the_rules_of_a_purpose_are_the_same_in_all_languages(purpose: str) -> None:
    def shape(language: str) -> list[tuple[object, ...]]:
        rules = the_set(FOLDER / f"{purpose}-{language}.yaml").rules
        return [
            (rule.id, rule.expect, rule.party, rule.any_of, rule.window, rule.near, rule.applies_if, rule.weight)
            for rule in rules
        ]

    assert shape("en") == shape("hu") == shape("fa")


def test_the_worked_example_of_the_readme_is_a_keyword_set() -> None:
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```yaml\n(.*?)```", readme, re.DOTALL)
    keyword_set = read_keyword_set(example, record="README.md")
    assert check_examples(keyword_set) == ()


def test_the_readme_explains_every_key() -> None:
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    rows = " ".join(line.split("|")[1] for line in readme.splitlines() if line.startswith("| `"))
    for key in (*SET_KEYS, *RULE_KEYS, *WINDOW_KEYS, "mentioned", "queues", "min_seconds"):
        assert f"`{key}`" in rows, key


def test_the_example_of_the_guide_for_supervisors_behaves() -> None:
    guide = (FOLDER.parent / "docs" / "supervisor.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```yaml\n(.*?)```", guide, re.DOTALL)
    assert check_examples(read_keyword_set(example, record="supervisor.md")) == ()
