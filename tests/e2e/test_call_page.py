"""A call's page in a real browser: what is drawn, what each key does, and that an answer does not stop the sound."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.api_door import Door
from tests.browsers import Visitor
from tests.page_records import PASSWORD, move_in
from voiceops.domain.people import Role
from voiceops.ports import Page as Part
from voiceops.ports import RecordingFilter
from voiceops.usecases.change_password import change_password
from voiceops.usecases.create_user import create_user

Visit = Callable[..., Visitor]
# 180 mm of 25.4 in an inch of 96.
A4_WITHIN_MARGINS = 680


@pytest.fixture(scope="module")
def house(module_door: Door) -> Door:
    """One server with one call, whose finding 2 is missed."""
    move_in(module_door, wanted=("calls/02",))
    return module_door


def opens_the_call(house: Door, visitor: Visitor, *, name: str = "vera") -> Page:
    with house.services.open_view() as unit:
        [call] = unit.recordings.list(RecordingFilter(), Part())
    visitor.signs_in(name, PASSWORD)
    visitor.page.goto(f"/calls/{call.id}")
    expect(visitor.page.locator(".wave")).to_be_visible()
    return visitor.page


def now(page: Page) -> float:
    at: float = page.evaluate("document.querySelector('audio').currentTime")
    return at


def inked(page: Page) -> list[int]:
    """How many points of each of the two lanes are painted in full."""
    counts: list[int] = page.evaluate(
        """() => {
          const sheet = document.querySelector(".sheet");
          const points = sheet.getContext("2d").getImageData(0, 0, sheet.width, sheet.height).data;
          const lanes = [points.subarray(0, points.length / 2), points.subarray(points.length / 2)];
          return lanes.map((lane) => lane.filter((value, at) => at % 4 === 3 && value === 255).length);
        }"""
    )
    return counts


def test_a_link_to_a_finding_chooses_it_and_leaves_heading_and_sound_in_view(house: Door, visit: Visit) -> None:
    visitor = visit(house.url)
    page = opens_the_call(house, visitor)
    address = page.url
    page.goto("about:blank")
    page.goto(f"{address}#finding-2")
    expect(page.locator("#finding-2")).to_have_attribute("aria-current", "true")
    expect(page.locator("#finding-2")).to_be_in_viewport()
    expect(page.locator("audio")).to_be_in_viewport(ratio=1)
    page.wait_for_function("scrollY === 0")
    visitor.sees_no_fault()


@pytest.mark.parametrize(
    ("width", "look"),
    [(360, {"locale": "fa"}), (1280, {"color_scheme": "dark"}), (3840, {"locale": "hu", "device_scale_factor": 2})],
    ids=str,
)
def test_both_channels_are_drawn_on_every_screen_with_time_from_left_to_right(
    house: Door, visit: Visit, width: int, look: dict[str, str]
) -> None:
    visitor = visit(house.url, width=width, **look)
    page = opens_the_call(house, visitor)
    expect(page.locator(".pin")).to_have_text(["1\u00a0✓", "2\u00a0✕", "3\u00a0✓", "4\u00a0✓", "5\u00a0✓"])
    pins = [box["x"] for pin in page.locator(".pin").all() if (box := pin.bounding_box())]
    assert pins == sorted(pins)
    line = page.evaluate("document.querySelector('.sheet').width")
    assert line == page.evaluate("Math.round(document.querySelector('.track').clientWidth * devicePixelRatio)")
    assert min(inked(page)) > 2 * line
    visitor.sees_no_fault()


def test_a_press_on_the_picture_goes_there_and_so_do_its_keys(house: Door, visit: Visit) -> None:
    visitor = visit(house.url)
    page = opens_the_call(house, visitor)
    place = page.get_by_role("slider", name="Place in the call")
    length = float(page.locator(".wave").get_attribute("data-seconds") or 0)
    box = place.bounding_box()
    assert box
    place.click(position={"x": box["width"] / 2, "y": 10})
    assert now(page) == pytest.approx(length / 2, abs=0.2)
    for key, to in (("Home", 0), ("PageUp", 30), ("ArrowLeft", 25), ("ArrowUp", 30), ("End", length)):
        place.press(key)
        assert now(page) == pytest.approx(to, abs=0.2)
    expect(place).to_have_attribute("aria-valuetext", f"0:{int(length)}")
    page.locator(".pin").nth(2).click()
    page.wait_for_function("document.querySelector('audio').currentTime > 14")


@pytest.mark.parametrize("keys", ["2cx", "۲زط"], ids=["Latin", "Persian"])
def test_findings_are_chosen_confirmed_and_corrected_by_keys_while_the_sound_goes_on(
    house: Door, visit: Visit, keys: str
) -> None:
    visitor = visit(house.url)
    page = opens_the_call(house, visitor)
    codes = ("Digit2", "KeyC", "KeyX")

    def press(number: int) -> None:
        page.evaluate(
            """([key, code]) => document.activeElement.dispatchEvent(
              new KeyboardEvent("keydown", { key, code, bubbles: true, cancelable: true }))""",
            [keys[number], codes[number]],
        )

    missed = page.locator("#finding-2")
    press(0)
    expect(missed).to_have_attribute("aria-current", "true")
    press(1)
    expect(missed).to_contain_text("confirmed by vera")
    expect(page.locator(".verdicts")).to_have_text("failed 70 % Service call")
    press(2)
    expect(missed.get_by_role("combobox")).to_be_focused()
    missed.get_by_role("combobox").select_option("met")
    page.keyboard.press("Tab")
    # Letters and digits are typed here, and mean nothing else.
    page.keyboard.type("1 c x: at 0:11")
    page.keyboard.press("Enter")
    expect(missed).to_contain_text("corrected by vera; the machine said: missed")
    expect(missed).to_contain_text("1 c x: at 0:11")
    expect(page.locator(".verdicts")).to_contain_text("passed 100 %")
    expect(page.locator(".verdicts")).to_contain_text("the machine said: failed 70 %")
    expect(page.locator(".pin").nth(1)).to_have_text("2\u00a0✓")
    expect(missed).to_be_focused()
    assert page.evaluate("performance.getEntriesByType('navigation').length") == 1
    assert now(page) > 9
    visitor.sees_no_fault()


def test_next_previous_speed_and_escape_have_keys(house: Door, visit: Visit) -> None:
    visitor = visit(house.url)
    page = opens_the_call(house, visitor)
    for key, chosen in (("n", 1), ("n", 2), ("n", 3), ("p", 2)):
        page.keyboard.press(key)
        expect(page.locator(f"#finding-{chosen}")).to_be_focused()
    page.keyboard.press(" ")
    assert page.evaluate("document.querySelector('audio').paused")
    at = now(page)
    page.keyboard.press("ArrowRight")
    assert now(page) == pytest.approx(at + 5, abs=0.2)
    page.keyboard.press("+")
    page.keyboard.press("+")
    assert page.evaluate("document.querySelector('audio').playbackRate") == 1.5
    page.reload()
    assert page.evaluate("document.querySelector('audio').playbackRate") == 1.5
    page.keyboard.press("-")
    expect(page.get_by_label("Speed")).to_have_value("1.25")
    page.keyboard.press("2")
    page.keyboard.press("x")
    page.keyboard.press("Escape")
    expect(page.locator("#finding-2 details")).not_to_have_attribute("open", "")
    expect(page.locator("#finding-2")).to_be_focused()
    visitor.sees_no_fault()


def test_an_agent_disputes_a_released_finding_and_qa_decides_by_keyboard(house: Door, visit: Visit) -> None:
    user, given = create_user(house.services, name="david", role=Role.AGENT, agent_id="david", actor="admin")
    change_password(house.services, user.id, old=given, new=PASSWORD)
    agent, qa = visit(house.url, width=360, locale="en"), visit(house.url)
    at_desk = opens_the_call(house, agent, name="david")
    expect(at_desk.locator("main")).to_contain_text("not released to you yet")
    expect(at_desk.locator(".pin")).to_have_count(0)
    agent.sees_no_fault()
    page = opens_the_call(house, qa)
    page.get_by_role("button", name="Release the results to the agent").press("Enter")
    expect(page.get_by_role("status").first).to_have_text("The agent sees the results now.")
    qa.sees_no_fault()
    at_desk.reload()
    at_desk.get_by_role("button", name="I have read them").press("Enter")
    expect(at_desk.locator(".release")).to_contain_text("read:")
    finding = at_desk.locator("#finding-2")
    finding.get_by_text("Dispute", exact=True).first.press("Enter")
    finding.get_by_role("textbox").fill("I say it at 0:05.")
    finding.get_by_role("textbox").press("Enter")
    expect(finding).to_contain_text("Nobody has decided on it yet.")
    agent.sees_no_fault()
    page.get_by_role("link", name="Disputes").press("Enter")
    qa.sees_no_fault()
    page.get_by_role("link", name="Says in the first half minute").press("Enter")
    disputed = page.locator("#finding-2 .dispute")
    disputed.get_by_role("textbox").fill("That is another call.")
    disputed.get_by_role("button", name="Reject it").press("Enter")
    expect(disputed).to_contain_text("rejected")
    qa.sees_no_fault()
    at_desk.reload()
    expect(finding).to_contain_text("That is another call.")


@pytest.mark.parametrize("look", [{}, {"locale": "fa"}, {"locale": "hu"}], ids=str)
def test_a_report_fits_a4_and_leaves_the_frame_of_the_page_behind(
    house: Door, visit: Visit, look: dict[str, str]
) -> None:
    visitor = visit(house.url, width=360, **look)
    page = opens_the_call(house, visitor)
    page.locator("a[href$='/report']").press("Enter")
    expect(page.locator("[data-print]")).to_be_visible()
    expect(page.locator(".report tbody tr")).to_have_count(6)
    visitor.sees_no_fault()
    sheets = re.findall(rb"/MediaBox \[0 0 ([0-9.]+) ([0-9.]+)\]", page.pdf(prefer_css_page_size=True))
    assert [(round(float(width)), round(float(height))) for width, height in sheets] == [(595, 842)]
    page.emulate_media(media="print")
    page.set_viewport_size({"width": A4_WITHIN_MARGINS, "height": 1000})
    expect(page.locator("header, footer, .on-screen").first).to_be_hidden()
    visitor.sees_no_fault()
