"""Checks that the names in a keyword set's rules exist, are used once, and form no circle; and its windows."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from voiceops.analysis.keyword_set_report import PROBLEMS_SHOWN, Path, Report, did_you_mean
from voiceops.domain.keyword_set import KeywordSet, Rule, Window


def check_names(keyword_set: KeywordSet, report: Report) -> None:
    """Report dangling keyphrases and rules, rule ids used twice, and circles of `after` and `before`."""
    _check_duplicates(keyword_set, report)
    rule_ids = [rule.id for rule in keyword_set.rules if rule.id]
    keyphrases = list(keyword_set.keyphrases)
    for position, rule in enumerate(keyword_set.rules):
        if len(report.problems) >= PROBLEMS_SHOWN:
            return
        for path, name in _keyphrases_named(rule, ("rules", position)):
            if name and name not in keyword_set.keyphrases:
                report.add_at(path, f"There is no keyphrase `{name}`; {did_you_mean(name, keyphrases)}")
        for path, name in _rules_named(rule, ("rules", position)):
            if name not in rule_ids:
                others = [other for other in rule_ids if other != rule.id]
                report.add_at(path, f"There is no rule `{name}`; {did_you_mean(name, others)}")
        _check_mentioned(rule, position, keyword_set, report)
    _check_circles(keyword_set, report)


def with_mentions_by_keyphrase(keyword_set: KeywordSet) -> KeywordSet:
    """The set with each `mentioned` that names a rule turned into that rule's one keyphrase."""
    rules = tuple(
        replace(rule, applies_if=replace(rule.applies_if, mentioned=wanted[0]))
        if len(wanted := _keyphrases_meant(rule.applies_if.mentioned, keyword_set)) == 1
        else rule
        for rule in keyword_set.rules
    )
    return replace(keyword_set, rules=rules)


def _keyphrases_meant(mentioned: str | None, keyword_set: KeywordSet) -> tuple[str, ...]:
    if mentioned is None or mentioned in keyword_set.keyphrases:
        return ()
    return next((rule.any_of + rule.all_of for rule in keyword_set.rules if rule.id == mentioned), ())


def _check_mentioned(rule: Rule, position: int, keyword_set: KeywordSet, report: Report) -> None:
    mentioned = rule.applies_if.mentioned
    if not mentioned or mentioned in keyword_set.keyphrases:
        return
    path: Path = ("rules", position, "applies_if", "mentioned")
    rule_ids = [other.id for other in keyword_set.rules if other.id]
    if mentioned not in rule_ids:
        names = [*keyword_set.keyphrases, *rule_ids]
        report.add_at(path, f"There is no keyphrase or rule `{mentioned}`; {did_you_mean(mentioned, names)}")
    elif len(meant := _keyphrases_meant(mentioned, keyword_set)) != 1:
        instead = f"name one of {', '.join(f'`{name}`' for name in meant)}." if meant else "name a keyphrase."
        report.add_at(path, f"The rule `{mentioned}` has not exactly one keyphrase; {instead}")


def _check_duplicates(keyword_set: KeywordSet, report: Report) -> None:
    first: dict[str, int] = {}
    for position, rule in enumerate(keyword_set.rules):
        if not rule.id:
            continue
        if rule.id in first:
            line = report.lines.get(("rules", first[rule.id], "id"))
            report.add_at(
                ("rules", position, "id"), f"The rule id `{rule.id}` is used on line {line} already; change one."
            )
        first.setdefault(rule.id, position)


def _keyphrases_named(rule: Rule, path: Path) -> Iterator[tuple[Path, str]]:
    for key, names in (("any_of", rule.any_of), ("all_of", rule.all_of), ("none_of", rule.none_of)):
        for place, name in enumerate(names):
            yield (*path, key, place), name
    if rule.near:
        yield (*path, "near", "keyphrase"), rule.near.keyphrase


def _rules_named(rule: Rule, path: Path) -> Iterator[tuple[Path, str]]:
    for key, name in (("after", rule.window.after), ("before", rule.window.before)):
        if name:
            yield (*path, "window", key), name


def _check_circles(keyword_set: KeywordSet, report: Report) -> None:
    """A rule whose place depends on itself, directly or through others, can never be placed."""
    needs = {rule.id: _needs(rule) for rule in keyword_set.rules if rule.id}
    reported: set[str] = set()
    for position, rule in enumerate(keyword_set.rules):
        circle = _circle_from(rule.id, needs)
        if circle and not reported & set(circle):
            reported |= set(circle)
            ways = " → ".join(f"`{name}`" for name in [*circle, circle[0]])
            sentence = f"`after` and `before` go round in a circle ({ways}); remove one of them."
            report.add_at(("rules", position, "window"), sentence)


def _needs(rule: Rule) -> tuple[str, ...]:
    return tuple(name for name in (rule.window.after, rule.window.before) if name)


def _circle_from(start: str, needs: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The shortest way from a rule back to itself, or nothing. Without recursion: chains may be long."""
    came_from: dict[str, str] = {}
    waiting = [start]
    for name in waiting:
        for needed in needs.get(name, ()):
            if needed == start:
                return _way_back(name, came_from, start)
            if needed not in came_from:
                came_from[needed] = name
                waiting.append(needed)
    return []


def _way_back(name: str, came_from: Mapping[str, str], start: str) -> list[str]:
    way = [name]
    while way[-1] != start:
        way.append(came_from[way[-1]])
    return way[::-1]


def check_windows(keyword_set: KeywordSet, report: Report) -> None:
    """Report windows in which no word can ever stand."""
    for position, rule in enumerate(keyword_set.rules):
        if sentence := _window_fault(rule.window):
            report.add_at(("rules", position, "window"), sentence)


def _window_fault(window: Window) -> str | None:
    start, end = window.from_second, window.to_second
    if start is not None and end is not None and start >= end:
        return f"`from_second` ({start:g}) must be less than `to_second` ({end:g}); exchange them or change one."
    if start is not None and window.first_seconds is not None and start >= window.first_seconds:
        return f"The first {window.first_seconds:g} seconds end before second {start:g}; keep one of both."
    if window.first_seconds is not None and window.last_seconds is not None:
        return (
            "Words cannot stand in the first and in the last seconds of a call at once; keep one, or write two rules."
        )
    first, last = window.first_percent, window.last_percent
    if first is not None and last is not None and first + last <= 100:  # noqa: PLR2004 - percents of a call
        return f"The first {first:g} and the last {last:g} percent do not meet; keep one, or write two rules."
    return None
