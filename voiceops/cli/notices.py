"""`voiceops notices`: what was told to whom, what could not be delivered, and who wants to be told where."""

from typing import Annotated

import typer
from rich.table import Table

from voiceops.analysis.notice_document import write_notice, write_subscription
from voiceops.bootstrap import build_services
from voiceops.cli.console import OUT, print_json
from voiceops.domain.notice import EventType, NoticeState
from voiceops.ports import Page, Services
from voiceops.settings import Settings
from voiceops.storage.database import migrate
from voiceops.usecases.retry_notice import retry_notice
from voiceops.usecases.subscribe import Wish, subscribe
from voiceops.usecases.try_subscription import try_subscription

notices = typer.Typer(help="See what was told to whom, and say who is told where.", no_args_is_help=True)

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
SubscriptionId = Annotated[str, typer.Argument(help="The subscription's id.")]


@notices.command(name="list")
def list_notices(
    failed: Annotated[bool, typer.Option("--failed", help="Only those that could not be delivered.")] = False,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="At most so many.")] = 50,
    as_json: AsJson = False,
) -> None:
    """List notices, newest first.

    Example: voiceops notices list --failed --json
    """
    with _services().open_view() as unit:
        found = unit.notices.list(NoticeState.FAILED if failed else None, Page(limit=limit))
    if as_json:
        print_json([write_notice(one) for one in found])
        return
    table = Table("id", "made", "recipient", "task", "state", "tries", "why not")
    for one in found:
        made = f"{one.made_at:%Y-%m-%d %H:%M} UTC"
        table.add_row(
            one.id, made, one.recipient, one.task_id or "", one.state.value, str(one.attempts), one.last_error or ""
        )
    OUT.print(table)


@notices.command()
def retry(notice_id: Annotated[str, typer.Argument(help="The notice's id.")]) -> None:
    """Try a failed notice again.

    Example: voiceops notices retry msg_4f1c…
    """
    again = retry_notice(_services(), notice_id)
    OUT.print(f"{again.id} waits for delivery.", highlight=False)


@notices.command(name="subscribe")
def add_subscription(
    url: Annotated[str, typer.Argument(help="https://… for a webhook, an Apprise address for people.")],
    owner: Annotated[str, typer.Option(help="webhook, supervisor, agent:ID or queue:ID.")],
    types: Annotated[
        list[EventType] | None, typer.Option("--type", help="For webhooks: only such events; may be repeated.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Tell a webhook, an agent or supervisors at this address from now on.

    A webhook's secret is shown this once; its receiver verifies signatures with it.

    Example: voiceops notices subscribe https://crm.example/hook --owner webhook --type task.done
    """
    made = subscribe(_services(), Wish(owner, url, tuple(types or ())), added_by="command line")
    if as_json:
        print_json({**write_subscription(made), "secret": made.secret})
        return
    OUT.print(f"{made.owner} is told at {made.shown} from now on ({made.id}).", highlight=False, soft_wrap=True)
    if made.secret is not None:
        OUT.print(f"Secret for its signatures, shown this once: {made.secret}", highlight=False, soft_wrap=True)


@notices.command()
def subscriptions(as_json: AsJson = False) -> None:
    """List who is told where; secrets are not shown.

    Example: voiceops notices subscriptions
    """
    with _services().open_view() as unit:
        found = unit.subscriptions.list()
    if as_json:
        print_json([write_subscription(one) for one in found])
        return
    table = Table("id", "owner", "address", "events", "added by")
    for one in found:
        table.add_row(one.id, one.owner, one.shown, ", ".join(one.types) or "all", one.added_by)
    OUT.print(table)


@notices.command()
def unsubscribe(subscription_id: SubscriptionId) -> None:
    """Tell nobody at this address any more.

    Example: voiceops notices unsubscribe 4f1c…
    """
    with _services().open_unit() as unit:
        unit.subscriptions.remove(subscription_id)
        unit.commit()
    OUT.print(f"{subscription_id} is removed.", highlight=False)


@notices.command()
def test(subscription_id: SubscriptionId) -> None:
    """Send a notice for trying at once, and say whether it arrived.

    Example: voiceops notices test 4f1c…
    """
    notice_id = try_subscription(_services(), subscription_id)
    OUT.print(f"{notice_id} arrived.", highlight=False)


def _services() -> Services:
    settings = Settings()
    migrate(settings.database)
    return build_services(settings)
