"""The pages speak every language: no text without a translation, no translation without a text."""

from enum import StrEnum
from importlib.resources import files
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from api.problems import PROBLEM_TABLE
from api.ui.names import NAMES
from api.ui.problem_page import KNOWN_SENTENCES
from api.ui.texts import LANGUAGES, SOURCE

ROOT = Path(__file__).parents[2]
UI = files("api.ui")
UI_AND_API = list((ROOT / "api").rglob("*.py"))
TRANSLATED = [code for code in LANGUAGES if code != SOURCE]


def used() -> set[str]:
    """Every text that a page may show."""
    found = extract_from_dir(
        str(UI),
        method_map=[("**.html", "jinja2"), ("**.py", "python")],
        options_map={"**.html": {"trimmed": "true", "newstyle_gettext": "true", "silent": "false"}},
        keywords={"_": None, "gettext": None, "ngettext": (1, 2), "later": None},
    )
    texts = {message[0] if isinstance(message, tuple) else message for _, _, message, _, _ in found}
    return texts | {title for _, title in PROBLEM_TABLE.values()}


def catalogue(language: str) -> Catalog:
    with (UI / "texts" / f"{language}.po").open("rb") as source:
        return read_po(source, locale=language, abort_invalid=True)


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_text_of_the_pages_is_translated_and_no_other(language: str) -> None:
    kept = {message.id[0] if isinstance(message.id, tuple) else message.id for message in catalogue(language)} - {""}
    assert used() - kept == set(), "add these to the catalogue"
    assert kept - used() == set(), "no page shows these any more"


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_is_complete_sure_and_keeps_its_places(language: str) -> None:
    for message in catalogue(language):
        forms = message.string if isinstance(message.string, tuple) else (message.string,)
        assert all(forms), f"{message.id} is not translated"
        assert not message.fuzzy or not message.id, f"{message.id} is marked as fuzzy"
        assert not list(message.check()), message.id


@pytest.mark.parametrize("kind", NAMES, ids=lambda kind: kind.__name__)
def test_every_member_of_a_closed_list_has_a_name(kind: type[StrEnum]) -> None:
    assert set(NAMES[kind]) == set(kind)


@pytest.mark.parametrize("sentence", KNOWN_SENTENCES)
def test_a_sentence_of_the_core_that_is_translated_is_still_said_there(sentence: str) -> None:
    sources = [*(ROOT / "voiceops").rglob("*.py"), *(path for path in UI_AND_API if path.name != "problem_page.py")]
    assert any(sentence in path.read_text("utf-8") for path in sources)
