"""`voiceops reviews`: confirm or correct findings, and see how far each rule can be trusted."""

from typing import Annotated

import typer
from rich.table import Table

from voiceops.analysis.review_document import write_review, write_rule_trust
from voiceops.analysis.rule_trust import Share
from voiceops.bootstrap import build_services
from voiceops.cli.console import OUT, print_json
from voiceops.domain.finding import Outcome
from voiceops.ports import Services
from voiceops.settings import Settings
from voiceops.storage.database import migrate
from voiceops.usecases.measure_trust import measure_trust
from voiceops.usecases.review_finding import Judgement, review_finding

reviews = typer.Typer(help="Confirm or correct findings, and see how far rules can be trusted.", no_args_is_help=True)

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]


@reviews.command()
def add(
    recording_id: Annotated[str, typer.Argument(help="The recording's id.")],
    keyword_set: Annotated[str, typer.Option("--set", help="The keyword set's id.")],
    rule: Annotated[str, typer.Option(help="The rule's id.")],
    reviewer: Annotated[str, typer.Option("--by", help="Who reviews.")],
    outcome: Annotated[Outcome | None, typer.Option(help="What is true; left out: the machine is right.")] = None,
    note: Annotated[str, typer.Option(help="What you heard, and when; needed for a correction.")] = "",
    as_json: AsJson = False,
) -> None:
    """Confirm or correct one finding; the machine's answer stays beside it.

    Example: voiceops reviews add 4f1c… --set sales-en --rule notice --by quinn --outcome met --note "at 0:12"
    """
    judgement = Judgement(recording_id, keyword_set, rule, outcome, note)
    made = review_finding(_services(), judgement, reviewer=reviewer)
    if as_json:
        print_json(write_review(made))
        return
    answer = "confirmed" if made.confirms else f"corrected from {made.machine_outcome} to {made.outcome}"
    OUT.print(f"{made.rule_id} of {made.keyword_set_id} version {made.keyword_set_version}: {answer}.", highlight=False)


@reviews.command()
def trust(
    keyword_set: Annotated[str, typer.Argument(help="The keyword set's id.")],
    version: Annotated[int | None, typer.Option(min=1, help="A version; left out: the one in use.")] = None,
    as_json: AsJson = False,
) -> None:
    """Show each rule's precision and recall by the reviews, and the strictness they suggest.

    Example: voiceops reviews trust sales-en
    """
    with _services().open_view() as unit:
        found = measure_trust(unit, keyword_set, version)
    measured = found.keyword_set
    if as_json:
        rules = [write_rule_trust(rule) for rule in found.rules]
        print_json({"keyword_set": {"id": measured.id, "version": measured.version}, "rules": rules})
        return
    table = Table("rule", "reviews", "precision", "recall", "strictness", "advice")
    table.title = f"{measured.id} version {measured.version} (shares with their 95 % interval)"
    for rule in found.rules:
        counted = str(rule.tally.confirmed + rule.tally.corrected)
        table.add_row(
            rule.rule_id, counted, _share(rule.precision), _share(rule.recall), rule.strictness.value, rule.reason
        )
    OUT.print(table)


def _share(share: Share | None) -> str:
    return "not known" if share is None else f"{share.value:.0%} ({share.low:.0%} to {share.high:.0%})"


def _services() -> Services:
    settings = Settings()
    migrate(settings.database)
    return build_services(settings)
