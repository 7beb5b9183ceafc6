"""Where the lines and cells of a chart are drawn; the templates draw them, and the stylesheet has their colours."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 640, 220
LEFT, RIGHT, TOP, BOTTOM = 44, 12, 10, 26
# More lines than this nobody can tell apart.
LINES = 5
# Days have longer names than numbers.
DAYS_LEFT = 60
_TICKS = 4
_SHADES = 5


@dataclass(frozen=True)
class Figure:
    """One value of a series in one week; None where there is none. `address` opens the calls behind it."""

    value: float | None
    text: str
    address: str | None = None


@dataclass(frozen=True)
class Series:
    """A line of a chart: its name, and a figure for each week."""

    name: str
    figures: Sequence[Figure]


@dataclass(frozen=True)
class Dot:
    """A figure on the paper, with what to say when somebody points at it."""

    x: float
    y: float
    title: str
    address: str | None


@dataclass(frozen=True)
class Line:
    """A series on the paper; a gap begins a new stroke."""

    name: str
    path: str
    dots: Sequence[Dot]


@dataclass(frozen=True)
class Tick:
    """A mark on an axis."""

    at: float
    text: str


@dataclass(frozen=True)
class Chart:
    """Lines over weeks, and all series as figures for a table."""

    weeks: Sequence[str]
    series: Sequence[Series]
    lines: Sequence[Line]
    across: Sequence[Tick]
    up: Sequence[Tick]


@dataclass(frozen=True)
class Cell:
    """One hour of the week; `shade` is 0 for none, then 1 to 5."""

    x: float
    y: float
    shade: int
    count: int
    hour: int
    weekday: int


def line_chart(
    series: Sequence[Series], weeks: Sequence[str], *, text_of: Callable[[float], str], top: float | None = None
) -> Chart:
    """The first `LINES` series over the weeks; the table has all. `top` ends the axis; None finds a round one."""
    shown = series[:LINES]
    highest = top or _round_up(
        max((one.value for line in shown for one in line.figures if one.value is not None), default=0.0)
    )
    across = [Tick(_x(week, len(weeks)), text) for week, text in enumerate(weeks)]
    # Long axes name every second week, or fewer.
    step = 1 + (len(weeks) - 1) // 9
    return Chart(
        weeks=weeks,
        series=series,
        lines=[_line(one, weeks, highest) for one in shown],
        across=across[::-1][::step],
        up=[Tick(_y(highest * part / _TICKS, highest), text_of(highest * part / _TICKS)) for part in range(_TICKS + 1)],
    )


def heat_map(counts: Mapping[tuple[int, int], int]) -> list[Cell]:
    """A cell for each hour of the week, by weekday and hour, darker the more there were."""
    most = max(counts.values(), default=0)
    width, height = (WIDTH - DAYS_LEFT - RIGHT) / 24, (HEIGHT - TOP - BOTTOM) / 7
    return [
        Cell(
            round(DAYS_LEFT + hour * width, 1),
            round(TOP + day * height, 1),
            -(-_SHADES * number // most) if most else 0,
            number,
            hour,
            day,
        )
        for day in range(7)
        for hour in range(24)
        for number in (counts.get((day, hour), 0),)
    ]


def _line(series: Series, weeks: Sequence[str], highest: float) -> Line:
    dots: list[Dot] = []
    path: list[str] = []
    pen = "M"
    for week, (name, figure) in enumerate(zip(weeks, series.figures, strict=True)):
        if figure.value is None:
            pen = "M"
            continue
        title = f"{series.name}, {name}: {figure.text}"
        dot = Dot(_x(week, len(weeks)), _y(figure.value, highest), title, figure.address)
        path.append(f"{pen}{dot.x} {dot.y}")
        pen = "L"
        dots.append(dot)
    return Line(series.name, "".join(path), dots)


def _x(week: int, weeks: int) -> float:
    room = WIDTH - LEFT - RIGHT - 32
    return round(LEFT + 16 + (room * week / (weeks - 1) if weeks > 1 else room / 2), 1)


def _y(value: float, highest: float) -> float:
    return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / highest, 1)


def _round_up(value: float) -> float:
    """The next of 4, 8, 12, 20, 40 … , which four ticks divide evenly."""
    size = 1.0
    while True:
        for step in (4, 8, 12, 20):
            if value <= step * size:
                return step * size
        size *= 10
