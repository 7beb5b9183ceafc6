"""A supervisor's day in a real browser: the board, a keyword set that is mended and taken into use, and the trend."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.api_door import Door
from tests.browsers import Visitor
from tests.page_records import PASSWORD, SAMPLES, move_in, receive
from voiceops.cli.demo_samples import read_samples
from voiceops.domain.people import Presence
from voiceops.ports import Page as PageOfList
from voiceops.usecases.reanalyse_part import reanalyse_part
from voiceops.usecases.set_presence import set_presence

Visit = Callable[..., Visitor]
WRONG, RIGHT = "expect: mentoin", "expect: mention"
PAGES = (
    "/board",
    "/trends?weeks=13",
    "/voicemails?weekday=3&hour=15",
    "/keyword-sets",
    "/keyword-sets/service-call-en",
    "/keyword-sets/service-call-en/diff",
    # An administrator's.
    "/admin/retention",
    "/admin/notices",
    "/admin/queues/service",
)


@pytest.fixture(scope="module")
def house(module_door: Door) -> Door:
    """One server for all days; one call without the notice, one voicemail."""
    move_in(module_door, wanted=("voicemails/01", "calls/02"))
    set_presence(module_door.services, "david", Presence.AVAILABLE)
    return module_door


def a_second_version() -> str:
    """The announcement says the notice now, so agents need not; with a slip of the pen."""
    text = (SAMPLES / "keyword_sets" / "service-call-en.yaml").read_text(encoding="utf-8")
    rule = text.index("  - id: recording-notice")
    changed = text[rule:].replace("expect: required", WRONG, 1).replace("    fatal: true\n", "", 1)
    return text[:rule].replace("version: 1", "version: 2") + changed


def work(door: Door) -> None:
    """Do what the worker would."""
    with door.services.open_view() as unit:
        runs = unit.reanalyses.list(None, PageOfList())
        parts = [part for run in runs for part in unit.reanalyses.parts(run.id)]
    for part in parts:
        reanalyse_part(door.services, part.id)


def press(page: Page, role: str, name: str) -> None:
    page.get_by_role(role, name=name, exact=True).press("Enter")  # type: ignore[arg-type]  # a role's name


def passing(page: Page) -> Locator:
    """The figure above the chart of calls that pass."""
    return page.locator("#compliance + .figure b")


def test_a_supervisor_mends_a_set_reads_what_it_would_change_activates_it_and_sees_the_trend_move(
    house: Door, visit: Visit
) -> None:
    visitor = visit(house.url)
    page = visitor.page
    visitor.signs_in("sam", PASSWORD)
    expect(page).to_have_url(f"{house.url}/board")
    press(page, "link", "Trends")
    expect(passing(page)).to_have_text("0 %")
    visitor.sees_no_fault()

    press(page, "link", "Keyword sets")
    with page.expect_file_chooser() as chooser:
        page.locator("input[type=file]").press("Space")
    chooser.value.set_files({"name": "service.yaml", "mimeType": "text/yaml", "buffer": a_second_version().encode()})
    press(page, "button", "Check it")
    expect(page.get_by_role("alert")).to_contain_text("1 fault")
    faulty = page.locator(".source .faulty")
    expect(faulty).to_contain_text(WRONG)
    expect(faulty).to_contain_text("did you mean `mention`?")
    visitor.sees_no_fault()

    press(page, "link", "Mend")
    page.keyboard.type(f"    {RIGHT}")
    press(page, "button", "Check again")
    expect(page.get_by_role("status")).to_contain_text("No fault was found.")
    press(page, "button", "Store it and see what it would change")
    expect(page.locator("#run")).to_have_attribute("aria-busy", "true")
    work(house)
    expect(page.locator("#run")).to_contain_text("1 verdict would change")
    visitor.sees_no_fault()
    page.locator("#run td a").first.press("Enter")
    press(page, "link", "David Clark")
    expect(page).to_have_url(re.compile("/calls/"))
    page.go_back()
    page.go_back()

    press(page, "button", "Take version 2 into use")
    expect(page.get_by_role("status")).to_contain_text("It is in use.")
    work(house)
    expect(page.locator("#run")).to_contain_text("1 verdict changed")
    press(page, "link", "Trends")
    expect(passing(page)).to_have_text("100 %")
    visitor.sees_no_fault()


def test_a_file_that_is_dropped_anywhere_on_the_page_is_checked(house: Door, visit: Visit) -> None:
    visitor = visit(house.url)
    page = visitor.page
    visitor.signs_in("sam", PASSWORD)
    page.goto("/keyword-sets")
    dropped = page.evaluate_handle(
        """text => {
          const held = new DataTransfer();
          held.items.add(new File([text], "dropped.yaml", { type: "text/yaml" }));
          return held;
        }""",
        a_second_version(),
    )
    for event in ("dragover", "drop"):
        page.locator(".sets").dispatch_event(event, {"dataTransfer": dropped})
    expect(page.get_by_role("heading", level=1)).to_have_text("dropped.yaml")
    expect(page.locator(".source .faulty")).to_contain_text(WRONG)
    visitor.sees_no_fault()


def test_without_scripts_a_file_is_checked_and_mended_all_the_same(house: Door, visit: Visit) -> None:
    page = visit(house.url, java_script_enabled=False).page
    page.goto("/sign-in")
    page.locator("[name=name]").fill("sam")
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("form[action='/sign-in'] button").click()
    page.goto("/keyword-sets")
    sent = {"name": "service.yaml", "mimeType": "text/yaml", "buffer": a_second_version().encode()}
    page.locator("input[type=file]").set_input_files(sent)  # type: ignore[arg-type]  # a file that lies nowhere
    press(page, "button", "Check it")
    expect(page.locator(".source .faulty")).to_contain_text(WRONG)
    mended = a_second_version().replace(WRONG, RIGHT).replace("version: 2", "version: 9")
    page.locator("textarea").fill(mended)
    press(page, "button", "Check again")
    expect(page.get_by_role("status")).to_contain_text("No fault was found.")
    press(page, "link", "Board")
    page.locator(".move summary").first.press("Enter")
    expect(page.get_by_role("button", name="Cancel it").first).to_be_visible()


def test_the_board_keeps_itself_fresh_but_never_under_a_hand_at_work(house: Door, visit: Visit) -> None:
    visitor = visit(house.url)
    page = visitor.page
    visitor.signs_in("sam", PASSWORD)
    rows = page.locator(".tasks.board li")
    expect(rows).to_have_count(1)
    moves = page.locator(".move summary").first
    moves.press("Enter")
    [urgent] = [one for one in read_samples(SAMPLES) if one.name.startswith("voicemails/05")]
    receive(house, urgent)
    expect(page.locator("#news")).to_contain_text("Something has changed.")
    expect(rows).to_have_count(1)
    visitor.sees_no_fault()
    moves.press("Enter")
    expect(rows).to_have_count(2)
    expect(page.locator("#news")).to_be_empty()
    expect(page.locator(".move summary:focus")).to_have_count(1)
    visitor.sees_no_fault()


def test_a_supervisor_hands_a_task_over_by_keyboard(house: Door, visit: Visit) -> None:
    visitor = visit(house.url)
    page = visitor.page
    visitor.signs_in("sam", PASSWORD)
    page.locator(".move summary").first.press("Enter")
    page.keyboard.press("Tab")
    to = page.locator("[name=to_agent_id]:focus")
    name = to.locator("bdi").inner_text()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").first).to_have_text("The task is handed over.")
    expect(page.locator(".tasks.board li").first).to_contain_text(name)
    visitor.sees_no_fault()


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize(
    ("width", "look"), [(360, {"locale": "fa"}), (1280, {"color_scheme": "dark", "locale": "hu"})], ids=["fa", "hu"]
)
def test_a_supervisors_pages_fit_every_screen_and_shut_nobody_out(
    house: Door, visit: Visit, address: str, width: int, look: dict[str, str]
) -> None:
    visitor = visit(house.url, width=width, **look)
    visitor.signs_in("root" if address.startswith("/admin") else "sam", PASSWORD)
    visitor.page.goto(address)
    for closed in visitor.page.locator("main details").all():
        closed.evaluate("one => { one.open = true; }")
    visitor.sees_no_fault()
