"""Reads a keyword set from the text of its file; its form is documented in keyword_sets/README.md."""

from voiceops.analysis.keyword_set_fields import Fields, describe, is_id
from voiceops.analysis.keyword_set_names import check_names, check_windows, with_mentions_by_keyphrase
from voiceops.analysis.keyword_set_phrases import check_phrases, with_plain_slots
from voiceops.analysis.keyword_set_report import PROBLEMS_SHOWN, Report
from voiceops.analysis.keyword_set_rules import read_rules
from voiceops.analysis.keyword_set_yaml import Broken, Entries, Entry, Items, ScalarKind, parse_yaml
from voiceops.analysis.language_codes import LANGUAGE_CODES, WITH_RULES
from voiceops.domain.keyword_set import Keyphrase, KeywordSet
from voiceops.errors import InvalidDocument, Problem

SET_KEYS = ("format", "id", "version", "title", "language", "owner", "reason", "keyphrases", "rules")
KEYPHRASES_LIMIT = 1000
NEXT_STEP = "Correct these places, try it with `voiceops keywords check FILE`, and send it again."

_ADVICE = {
    "format": "write `format: 1`.",
    "id": "write for example `id: service-call-en`.",
    "version": "write `version: 1` and raise it with every change.",
    "title": "write what the set is for in a few words.",
    "language": "write the code of the language that is spoken, such as `language: en`.",
    "owner": "write who answers for the set, such as `owner: quality team`.",
    "reason": "write why calls are checked for this.",
    "keyphrases": "write the wordings to listen for.",
    "rules": "write at least one rule.",
}


def read_keyword_set(text: str, *, record: str) -> KeywordSet:
    """The keyword set that `text` describes; `record` names the file in errors.

    Raises InvalidDocument with every problem in the order of lines. Examples are not tried here,
    since that needs the matcher: see `check_keyword_set`.
    """
    keyword_set, report = read_with_report(text)
    if keyword_set is None or report.problems:
        raise invalid(report, record=record)
    return keyword_set


def read_with_report(text: str) -> tuple[KeywordSet | None, Report]:
    """What could be read, and the report with all problems and the lines of all places.

    The set is None where the text is no mapping at all. Where there are problems, it is only good
    for finding more of them.
    """
    root, problems = parse_yaml(text)
    report = Report(problems)
    if root is None or isinstance(root, Broken):
        return None, report
    if not isinstance(root, Entries) or not root.entries:
        found = describe(root) if not isinstance(root, Entries) else "empty"
        report.add(root.line, f"A keyword set begins with `format: 1`; here the document is {found}.")
        return None, report
    keyword_set = _keyword_set(Fields(root, (), of="a keyword set", keys=SET_KEYS, report=report), report)
    check_names(keyword_set, report)
    check_windows(keyword_set, report)
    check_phrases(keyword_set, report)
    return with_mentions_by_keyphrase(keyword_set), report


def invalid(report: Report, *, record: str) -> InvalidDocument:
    """The error for a report with problems, in the order of lines."""
    ordered = sorted(report.problems, key=lambda problem: problem.line or 0)
    problems = list(dict.fromkeys(ordered))
    if len(problems) > PROBLEMS_SHOWN:
        more = Problem(None, f"There are {len(problems) - PROBLEMS_SHOWN} more problems; correct these first.")
        problems = [*problems[:PROBLEMS_SHOWN], more]
    return InvalidDocument(problems, record=record, next_step=NEXT_STEP)


def _keyword_set(fields: Fields, report: Report) -> KeywordSet:
    for key in SET_KEYS:
        fields.require(key, _ADVICE[key])
    form = fields.whole("format")
    if form not in {None, 1}:
        report.add_at(("format",), f"Format {form} is not known here; this version reads `format: 1`.")
    rules = fields.node("rules")
    return KeywordSet(
        id=fields.identifier("id") or "",
        version=fields.whole("version") or 1,
        title=fields.text("title") or "",
        language=_language(fields, report),
        owner=fields.text("owner") or "",
        reason=fields.text("reason") or "",
        keyphrases=_keyphrases(fields, report),
        rules=() if rules is None else read_rules(rules, report),
    )


def _language(fields: Fields, report: Report) -> str:
    code = fields.text("language") or ""
    if code and code not in LANGUAGE_CODES:
        if code.lower()[:2] in LANGUAGE_CODES and (len(code) == 2 or code[2:3] in {"-", "_"}):  # noqa: PLR2004
            advice = f"write `{code.lower()[:2]}`."
        else:
            with_rules = ", ".join(f"`{known}`" for known in WITH_RULES)
            advice = f"write two letters; rules of normalisation exist for {with_rules}."
        report.add_at(("language",), f"`{code}` is not a language code of ISO 639-1; {advice}")
    return code


def _keyphrases(fields: Fields, report: Report) -> dict[str, Keyphrase]:
    node = fields.node("keyphrases")
    if node is None or isinstance(node, Broken):
        return {}
    if not isinstance(node, Entries) or not node.entries:
        found = describe(node) if not isinstance(node, Entries) else "empty"
        report.add(node.line, f"`keyphrases` must hold lines such as `price: [it costs]`, and is {found}.")
        return {}
    if len(node.entries) > KEYPHRASES_LIMIT:
        report.add(node.line, f"There are {len(node.entries)} keyphrases; at most {KEYPHRASES_LIMIT} go into one set.")
        return {}
    return {name: _keyphrase(entry, report) for name, entry in node.entries.items()}


def _keyphrase(entry: Entry, report: Report) -> Keyphrase:
    name, path = entry.key.text, ("keyphrases", entry.key.text)
    report.lines[path] = entry.key.line
    if entry.key.kind is not ScalarKind.TEXT:
        report.add(entry.key.line, f'YAML does not read `{name}` as text; write it in quotes: "{name}".')
    elif not is_id(name):
        report.add(entry.key.line, f"`{name[:40]}` must be lowercase letters a to z, digits and hyphens.")
    value = entry.value
    if isinstance(value, Items):
        value = Entries(value.line, {"variants": Entry(entry.key, value)})
    if not isinstance(value, Entries):
        if not isinstance(value, Broken):
            sentence = (
                f"The keyphrase `{name[:40]}` needs its wordings; write `{name[:40]}: [first wording, second wording]`."
            )
            report.add(entry.key.line, sentence)
        return Keyphrase(name, ())
    return _variants(Fields(value, path, of="a keyphrase", keys=("variants", "never"), report=report), name, report)


def _variants(fields: Fields, name: str, report: Report) -> Keyphrase:
    fields.require("variants", "write the wordings as people say them.")
    variants = tuple(with_plain_slots(variant) for variant in fields.texts("variants"))
    never = tuple(with_plain_slots(wording) for wording in fields.texts("never"))
    node = fields.node("variants")
    if isinstance(node, Items) and not node.items:
        report.add_at(
            (*fields.path, "variants"), f"The keyphrase `{name[:40]}` has no variant; write at least one wording."
        )
    return Keyphrase(name, variants, never)
