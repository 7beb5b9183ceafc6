"""Each person's day in a real browser, which has nothing to complain about on any page, and shuts nobody out."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.api_door import Door
from tests.browsers import Visitor
from tests.page_records import PASSWORD, SAMPLES, move_in, receive
from voiceops.cli.demo_samples import read_samples
from voiceops.domain.people import Role
from voiceops.usecases.create_user import create_user

Visit = Callable[..., Visitor]


@pytest.fixture(scope="module")
def house(module_door: Door) -> Door:
    """One server for all days."""
    move_in(module_door, wanted=("voicemails/01", "calls/02"))
    return module_door


@pytest.mark.parametrize(
    ("width", "look"),
    [(360, {"locale": "fa"}), (1280, {"color_scheme": "dark"}), (3840, {"locale": "hu", "reduced_motion": "reduce"})],
    ids=str,
)
def test_the_frame_fits_every_screen_and_shuts_nobody_out(
    house: Door, visit: Visit, width: int, look: dict[str, str]
) -> None:
    visitor = visit(house.url, width=width, **look)
    visitor.page.goto("/sign-in")
    visitor.sees_no_fault()
    visitor.signs_in("vera", PASSWORD)
    visitor.sees_no_fault()
    visitor.page.goto("/password")
    visitor.sees_no_fault()


def test_a_new_person_comes_in_with_a_given_password_and_leaves_with_their_own(house: Door, visit: Visit) -> None:
    _, given = create_user(house.services, name="rita", role=Role.QA, actor="admin")
    visitor = visit(house.url)
    page = visitor.page
    visitor.signs_in("rita", given)
    expect(page.get_by_role("heading")).to_have_text("Change your password")
    for typed in (given, PASSWORD, PASSWORD):
        page.keyboard.type(typed)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("Your password is changed.")
    page.get_by_role("button", name="فارسی").click()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    page.get_by_role("button", name="خروج").click()
    expect(page).to_have_url(f"{house.url}/sign-in?done=signed-out")
    visitor.sees_no_fault()


def test_an_admin_lets_somebody_in_by_keyboard_who_then_signs_in(house: Door, visit: Visit) -> None:
    visitor = visit(house.url)
    page = visitor.page
    visitor.signs_in("root", PASSWORD)
    page.get_by_role("link", name="Administration").press("Enter")
    for section in (
        "Queues",
        "Agents",
        "Tokens",
        "Background work",
        "Ledger",
        "Who looked at what",
        "Settings",
        "Users",
    ):
        page.get_by_role("link", name=section, exact=True).press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text(section)
        visitor.sees_no_fault()
    page.get_by_label("Name").focus()
    page.keyboard.type("kim")
    page.keyboard.press("Tab")
    page.keyboard.type("QA")
    for key in ("Tab", "Tab", "Enter"):
        page.keyboard.press(key)
    password = page.locator("#given").inner_text()
    visitor.sees_no_fault()
    page.get_by_role("link", name="kim").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("kim")
    visitor.sees_no_fault()
    newcomer = visit(house.url, width=360)
    newcomer.signs_in("kim", password)
    expect(newcomer.page.get_by_role("heading")).to_have_text("Change your password")


def test_an_agent_hears_of_a_task_accepts_it_calls_back_and_completes_it(house: Door, visit: Visit) -> None:
    visitor = visit(house.url)
    page = visitor.page
    visitor.signs_in("anna", PASSWORD)
    expect(page).to_have_url(f"{house.url}/inbox")
    visitor.sees_no_fault()
    [urgent] = [one for one in read_samples(SAMPLES) if one.name.startswith("voicemails/05")]
    receive(house, urgent)
    expect(page.get_by_role("status")).to_have_text("A new task has arrived.")
    page.get_by_role("link", name="Mary Johnson").press("Enter")
    expect(page.get_by_role("heading", name="Mary Johnson")).to_be_visible()
    assert page.locator("a.call").get_attribute("href") == "tel:+19175550198"
    expect(page.locator(".callback_number")).to_have_text(
        ["nine", "one", "seven,", "five", "five", "five,", "zero", "one", "nine", "eight."]
    )
    page.locator(".callback_number").first.click()
    page.wait_for_function("document.querySelector('audio').currentTime > 14")
    expect(page.locator(".lit")).to_be_visible()
    visitor.sees_no_fault()
    page.keyboard.press("a")
    expect(page.get_by_role("button", name="Resolved")).to_be_visible()
    page.keyboard.press("e")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("+1 917 555 0123")
    page.keyboard.press("Enter")
    expect(page.locator("a.call")).to_have_attribute("href", "tel:+19175550123")
    visitor.sees_no_fault()
    page.keyboard.press("1")
    expect(page.get_by_role("heading", name="Attempts")).to_be_visible()
    page.get_by_role("button", name="Resolved").press("Enter")
    expect(page.get_by_role("status")).to_have_text("The task is done.")
    expect(page.get_by_role("heading", name="Robert Brown")).to_be_visible()
    visitor.sees_no_fault()
    page.keyboard.press("a")
    expect(page.get_by_role("button", name="Resolved")).to_be_visible()
    page.keyboard.press("p")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").first).to_have_text("The task is put off; it comes back by itself.")
    expect(page.locator("li.asleep")).to_contain_text("Put off until")
    visitor.sees_no_fault()


def test_qa_finds_the_call_without_the_notice_hears_the_spot_and_confirms_by_keyboard(
    house: Door, visit: Visit
) -> None:
    visitor = visit(house.url)
    page = visitor.page
    visitor.signs_in("vera", PASSWORD)
    expect(page.get_by_role("heading", name="These need a person")).to_be_visible()
    visitor.sees_no_fault()
    page.get_by_text("More filters").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Outcome").focus()
    page.keyboard.type("mis")
    page.get_by_label("At most, minutes").press_sequentially("5")
    page.keyboard.press("Enter")
    page.wait_for_url("**outcome=missed**shorter=5**")
    visitor.sees_no_fault()
    with page.expect_download() as table:
        page.get_by_role("link", name="Export as XLSX").press("Enter")
    assert table.value.suggested_filename == "calls.xlsx"
    page.get_by_role("button", name="Draw a sample").press("Enter")
    expect(page.get_by_role("status")).to_have_text("The sample is drawn; it shows the same calls for ever.")
    visitor.sees_no_fault()
    page.get_by_role("link", name="David Clark").press("Enter")
    missed = page.locator("#finding-2")
    expect(missed).to_contain_text("missed")
    visitor.sees_no_fault()
    page.keyboard.press("2")
    page.wait_for_function("document.querySelector('audio').currentTime > 9")
    page.keyboard.press("c")
    expect(missed).to_contain_text("confirmed by vera")
    expect(page.locator("#news")).to_have_text("Your answer is kept beside the machine's.")
    visitor.sees_no_fault()
    page.get_by_role("link", name="Calls").press("Enter")
    expect(page.get_by_role("heading", name="Nothing to decide")).to_be_visible()
    visitor.sees_no_fault()
