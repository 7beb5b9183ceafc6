"""Where charts draw their lines and cells."""

from api.ui.charts import BOTTOM, HEIGHT, LINES, TOP, Figure, Series, heat_map, line_chart

WEEKS = ["2 Mar", "9 Mar", "16 Mar"]


def a_series(name: str, *values: float | None) -> Series:
    return Series(name, [Figure(value, f"{value}", f"/calls?week={week}") for week, value in enumerate(values)])


def test_the_axis_holds_the_highest_value_and_the_present_week_is_named() -> None:
    chart = line_chart([a_series("calls", 0, 9, 12)], WEEKS, text_of="{:.0f}".format)
    assert [tick.text for tick in chart.up] == ["0", "3", "6", "9", "12"]
    low, _, high = (dot.y for dot in chart.lines[0].dots)
    assert (high, low) == (TOP, HEIGHT - BOTTOM)
    assert chart.across[0].text == "16 Mar"


def test_a_week_without_a_figure_is_a_gap_and_no_zero() -> None:
    [line] = line_chart([a_series("share", 0.5, None, 0.5)], WEEKS, top=1.0, text_of=str).lines
    assert [dot.title for dot in line.dots] == ["share, 2 Mar: 0.5", "share, 16 Mar: 0.5"]
    assert line.path.count("M") == 2
    assert "L" not in line.path


def test_more_lines_than_anybody_can_tell_apart_are_left_to_the_table() -> None:
    many = [a_series(f"set {number}", 1, 2, 3) for number in range(LINES + 2)]
    chart = line_chart(many, WEEKS, text_of=str)
    assert [line.name for line in chart.lines] == [one.name for one in many[:LINES]]
    assert chart.series == many


def test_nothing_at_all_still_has_an_axis() -> None:
    chart = line_chart([], WEEKS, text_of="{:.0f}".format)
    assert (chart.lines, [tick.text for tick in chart.up]) == ([], ["0", "1", "2", "3", "4"])


def test_an_hour_is_darker_the_more_there_were_and_one_is_never_invisible() -> None:
    cells = {(cell.weekday, cell.hour): cell for cell in heat_map({(0, 9): 100, (6, 23): 1})}
    assert len(cells) == 7 * 24
    assert (cells[0, 9].shade, cells[6, 23].shade, cells[3, 3].shade) == (5, 1, 0)
    assert {cell.shade for cell in heat_map({})} == {0}
