"""Reads the rules of a keyword set; whether the names they use exist is checked elsewhere."""

from dataclasses import replace

from voiceops.analysis.keyword_set_fields import Fields, describe
from voiceops.analysis.keyword_set_report import Path, Report
from voiceops.analysis.keyword_set_yaml import Broken, Items, Node
from voiceops.domain.keyword_set import (
    AppliesIf,
    Examples,
    Expectation,
    Near,
    Rule,
    RuleParty,
    Strictness,
    Window,
)

RULES_LIMIT = 500

RULE_KEYS = (
    "id",
    "title",
    "expect",
    "keyphrase",
    "any_of",
    "all_of",
    "none_of",
    "party",
    "window",
    "near",
    "strictness",
    "at_least",
    "applies_if",
    "weight",
    "fatal",
    "examples",
)
WINDOW_KEYS = (
    "first_seconds",
    "last_seconds",
    "from_second",
    "to_second",
    "first_percent",
    "last_percent",
    "after",
    "before",
)
_PHRASE_KEYS = ("keyphrase", "any_of", "all_of", "none_of")


def read_rules(node: Node, report: Report) -> tuple[Rule, ...]:
    """All rules, in order; a fault is reported and the rule read with a default in its place."""
    report.lines[("rules",)] = node.line
    if isinstance(node, Broken):
        return ()
    if not isinstance(node, Items):
        report.add(node.line, f"`rules` must be a list whose entries begin with `- id: …`, not {describe(node)}.")
        return ()
    if not node.items:
        report.add(node.line, "`rules` is empty; write at least one rule.")
    if len(node.items) > RULES_LIMIT:
        report.add(node.line, f"There are {len(node.items)} rules; at most {RULES_LIMIT} go into one set.")
        return ()
    return tuple(_rule(item, ("rules", position), report) for position, item in enumerate(node.items))


def _rule(node: Node, path: Path, report: Report) -> Rule:
    fields = Fields(node, path, of="a rule", keys=RULE_KEYS, report=report)
    fields.require("id", "write `id: recording-notice`.")
    fields.require("title", "write what the rule asks for in a few words.")
    fields.require("expect", "write `expect: required`, `forbidden` or `mention`.")
    rule = Rule(
        id=fields.identifier("id") or "",
        title=fields.text("title") or "",
        expect=fields.choice("expect", Expectation, Expectation.REQUIRED),
        all_of=fields.texts("all_of"),
        none_of=fields.texts("none_of"),
        party=fields.choice("party", RuleParty, RuleParty.ANY),
        strictness=fields.choice("strictness", Strictness, Strictness.NORMAL),
        at_least=fields.whole("at_least") or 1,
        weight=_weight(fields),
        fatal=fields.flag("fatal"),
    )
    rule = replace(
        rule,
        any_of=_any_of(fields, report),
        window=_window(fields, report),
        near=_near(fields, report),
        applies_if=_applies_if(fields, report),
        examples=_examples(fields, report),
    )
    _check_combination(rule, fields, report)
    return rule


def _weight(fields: Fields) -> float:
    weight = fields.number("weight")
    return 1.0 if weight is None else weight


def _any_of(fields: Fields, report: Report) -> tuple[str, ...]:
    single = fields.text("keyphrase")
    if fields.has("keyphrase") and fields.has("any_of"):
        report.add_at((*fields.path, "keyphrase"), "Write either `keyphrase` or `any_of`, not both.")
    return (single,) if single is not None else fields.texts("any_of")


def _window(fields: Fields, report: Report) -> Window:
    node = fields.node("window")
    if node is None:
        return Window()
    inner = Fields(node, (*fields.path, "window"), of="a window", keys=WINDOW_KEYS, report=report)
    return Window(
        first_seconds=inner.number("first_seconds", above=0),
        last_seconds=inner.number("last_seconds", above=0),
        from_second=inner.number("from_second"),
        to_second=inner.number("to_second", above=0),
        first_percent=inner.number("first_percent", above=0, up_to=100),
        last_percent=inner.number("last_percent", above=0, up_to=100),
        after=inner.text("after"),
        before=inner.text("before"),
    )


def _near(fields: Fields, report: Report) -> Near | None:
    node = fields.node("near")
    if node is None:
        return None
    inner = Fields(node, (*fields.path, "near"), of="`near`", keys=("keyphrase", "within_seconds"), report=report)
    inner.require("keyphrase", "name the keyphrase that must be heard close by.")
    inner.require("within_seconds", "write for example `within_seconds: 15`.")
    keyphrase = inner.text("keyphrase")
    within = inner.number("within_seconds", above=0)
    return None if keyphrase is None or within is None else Near(keyphrase, within)


def _applies_if(fields: Fields, report: Report) -> AppliesIf:
    node = fields.node("applies_if")
    if node is None:
        return AppliesIf()
    keys = ("mentioned", "queues", "min_seconds")
    inner = Fields(node, (*fields.path, "applies_if"), of="`applies_if`", keys=keys, report=report)
    queues = inner.texts("queues")
    if inner.has("queues") and queues == ():
        report.add_at(
            (*inner.path, "queues"), "`queues` names no queue; name at least one, or remove it for all queues."
        )
    return AppliesIf(mentioned=inner.text("mentioned"), queues=queues, min_seconds=inner.number("min_seconds"))


def _examples(fields: Fields, report: Report) -> Examples:
    node = fields.node("examples")
    if node is None:
        return Examples()
    inner = Fields(node, (*fields.path, "examples"), of="`examples`", keys=("match", "no_match"), report=report)
    return Examples(match=inner.texts("match"), no_match=inner.texts("no_match"))


def _check_combination(rule: Rule, fields: Fields, report: Report) -> None:
    if not any(fields.has(key) for key in _PHRASE_KEYS):
        if any(fields.has(key) for key in RULE_KEYS):
            sentence = (
                "The rule names no keyphrase; add `keyphrase: …`, or `any_of`, `all_of` or `none_of` with a list."
            )
            report.add(fields.line, sentence)
    elif rule.none_of and not (fields.has("keyphrase") or rule.any_of or rule.all_of):
        _check_only_absence(rule, fields, report)
    for key in _PHRASE_KEYS[1:]:
        node = fields.node(key)
        if isinstance(node, Items) and not node.items:
            report.add_at((*fields.path, key), f"`{key}` is empty; name at least one keyphrase or remove the key.")
    if rule.fatal and rule.expect is Expectation.MENTION:
        sentence = (
            "A `mention` is only counted and cannot be fatal; remove `fatal`, or expect `required` or `forbidden`."
        )
        report.add_at((*fields.path, "fatal"), sentence)


def _check_only_absence(rule: Rule, fields: Fields, report: Report) -> None:
    if rule.expect is Expectation.MENTION:
        sentence = "A `mention` with `none_of` alone has nothing to count; write `any_of`, or expect `forbidden`."
        report.add_at((*fields.path, "none_of"), sentence)
