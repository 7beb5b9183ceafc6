"""A selection of calls as a table: what stands in it, that no cell becomes a formula, and the line it leaves."""

import csv
import io
import zipfile
from xml.etree import ElementTree as ET

import pytest

from api.spreadsheet import csv_of, xlsx_of
from tests.api_door import Door
from tests.integration.test_qa_pages import a_call
from voiceops.domain.finding import Outcome
from voiceops.domain.people import Role
from voiceops.usecases import export_calls

SPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def cells(workbook: bytes) -> list[list[tuple[str, str]]]:
    """The kind and the text of each cell; a kind n is a number, s and inlineStr are text, b is yes or no."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as parts:
        sheet = ET.fromstring(parts.read("xl/worksheets/sheet1.xml"))  # noqa: S314  we wrote it
    assert not list(sheet.iter(f"{SPACE}f")), "a formula"
    return [
        [(cell.get("t", "n"), "".join(cell.itertext())) for cell in row.iter(f"{SPACE}c")]
        for row in sheet.iter(f"{SPACE}row")
    ]


def test_a_selection_leaves_as_csv_with_a_line_for_each_set_and_in_the_log(door: Door) -> None:
    a_call(door, "bad", Outcome.MISSED, queue="sales", caller_number="+3612345678")
    a_call(door, "good", Outcome.MET, queue="sales")
    a_call(door, "elsewhere", Outcome.MET)
    with door.client(Role.QA) as vera:
        answer = vera.get("/exports/calls", params={"queue": "sales", "outcome": ""})
    assert answer.headers["content-disposition"] == 'attachment; filename="calls.csv"'
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [(row["call"], row["score"], row["passed"], row["not_met"]) for row in rows] == [
        ("bad", "80.0", "no", "notice: missed"),
        ("good", "80.0", "yes", ""),
    ]
    assert rows[0]["caller_number"] == "'+3612345678"
    with door.client() as admin:
        (line,) = admin.get("/api/v1/access-log", params={"action": "exported"}).json()["items"]
    assert (line["actor"], line["record"]) == ("token of qa", "calls")
    assert line["detail"] == "2 calls as CSV: queue=sales."


def test_a_workbook_keeps_numbers_as_numbers_and_text_as_text(door: Door) -> None:
    a_call(door, "bad", Outcome.MISSED, caller_number="+3612345678")
    with door.client(Role.QA) as vera:
        head, row = cells(vera.get("/exports/calls", params={"form": "xlsx"}).raise_for_status().content)
    titled = dict(zip((text for _, text in head), row, strict=False))
    assert titled["call"] == ("inlineStr", "bad")
    kinds = {kind for kind, text in row if text == "+3612345678"}
    assert kinds == {"inlineStr"}
    assert ("n", "80") in row


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\uff1d1+1"])
def test_what_looks_like_a_formula_stays_text(text: str) -> None:
    (row,) = csv.reader(io.StringIO(csv_of(["a"], [[text]]).decode("utf-8-sig").partition("\n")[2], newline=""))
    assert row == [f"'{text}"]
    ((kind, _),) = cells(xlsx_of(["a"], [[text]]))[1]
    assert kind == "inlineStr"


def test_more_than_a_table_holds_is_refused_and_leaves_no_line(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export_calls, "MOST_CALLS", 1)
    for name in ("one", "two"):
        a_call(door, name, Outcome.MET)
    with door.client(Role.QA) as vera:
        answer = vera.get("/exports/calls")
    assert answer.status_code == 422
    assert "Choose fewer days" in answer.text
    with door.client() as admin:
        assert admin.get("/api/v1/access-log", params={"action": "exported"}).json()["items"] == []
