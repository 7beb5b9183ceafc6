"""The options by which commands take working hours."""

from typing import Annotated

import typer

HoursOption = Annotated[
    list[str] | None, typer.Option("--hours", help="Hours by weekday, e.g. 'mon-fri 09:00-12:00,13:00-17:00'; repeat.")
]
ZoneOption = Annotated[str, typer.Option(help="The time zone of the hours, e.g. Europe/Budapest.")]
