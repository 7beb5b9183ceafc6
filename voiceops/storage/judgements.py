"""How calls were judged, each in one short text that many calls share: "opening-en failed notice +complaint;…".

For each keyword set its verdict and the rules that figures count: those that were not kept, and with a plus those
that only count and were heard, as the version that judged the call has them.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, and_, bindparam, or_, select, tuple_, update

from voiceops.domain.finding import NOT_KEPT, Outcome
from voiceops.domain.keyword_set import Expectation
from voiceops.storage.tables import keyword_sets
from voiceops.storage.trend_tables import call_figures
from voiceops.storage.verdict_tables import findings, verdicts

_VERDICTS = {True: "passed", False: "failed", None: "undecided"}
_MENTION = "+"


@dataclass(frozen=True)
class Judgement:
    """What one keyword set says about a call: its verdict, the rules not kept, and those only heard."""

    keyword_set_id: str
    verdict: str
    not_kept: tuple[str, ...]
    mentions: tuple[str, ...]


def judgements_in(text: str) -> Sequence[Judgement]:
    """What a text says."""
    found = []
    for part in filter(None, text.split(";")):
        own, verdict, *rules = part.split(" ")
        heard = tuple(rule.removeprefix(_MENTION) for rule in rules if rule.startswith(_MENTION))
        found.append(Judgement(own, verdict, tuple(one for one in rules if not one.startswith(_MENTION)), heard))
    return found


def write_judgements(connection: Connection, recording_ids: Collection[str]) -> None:
    """Write the texts of these calls, which nobody else may be judging meanwhile."""
    if rows := [{"own": own, "text": text} for own, text in texts_of(connection, recording_ids).items()]:
        this = update(call_figures).where(call_figures.c.recording_id == bindparam("own"))
        connection.execute(this.values(judged=bindparam("text")), rows)


def texts_of(connection: Connection, recording_ids: Collection[str]) -> Mapping[str, str]:
    """The text of each recording, as its verdicts and findings are now."""
    query = select(verdicts).where(verdicts.c.recording_id.in_(recording_ids))
    judged = connection.execute(query.order_by(verdicts.c.keyword_set_id)).all()
    mentions = _mentions(connection, {(row.keyword_set_id, row.keyword_set_version) for row in judged})
    rules = _rules(connection, recording_ids, mentions)
    parts: defaultdict[str, list[str]] = defaultdict(list)
    for row in judged:
        own = rules[row.recording_id, row.keyword_set_id]
        parts[row.recording_id].append(" ".join([row.keyword_set_id, _VERDICTS[row.passed], *own]))
    return {own: ";".join(parts[own]) for own in sorted(recording_ids)}


def _rules(
    connection: Connection, recording_ids: Collection[str], mentions: Collection[tuple[str, int, str]]
) -> Mapping[tuple[str, str], Sequence[str]]:
    of = findings.c
    only_counts = tuple_(of.keyword_set_id, of.keyword_set_version, of.rule_id).in_(sorted(mentions))
    counted = or_(
        and_(of.outcome == Outcome.MET, only_counts), and_(of.outcome.in_(NOT_KEPT), ~only_counts)
    )  # fmt: skip
    query = select(of.recording_id, of.keyword_set_id, of.rule_id, of.outcome)
    query = query.where(of.recording_id.in_(recording_ids), counted).order_by(of.rule_id)
    found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for own, keyword_set_id, rule_id, outcome in connection.execute(query):
        found[own, keyword_set_id].append(f"{_MENTION}{rule_id}" if outcome is Outcome.MET else rule_id)
    return found


def _mentions(connection: Connection, versions: Collection[tuple[str, int]]) -> frozenset[tuple[str, int, str]]:
    """The rules that only count, of these versions."""
    of = keyword_sets.c
    query = select(of.id, of.version, of.keyword_set).where(tuple_(of.id, of.version).in_(sorted(versions)))
    return frozenset(
        (own, version, rule.id)
        for own, version, keyword_set in connection.execute(query)
        for rule in keyword_set.rules
        if rule.expect is Expectation.MENTION
    )
