"""Each person's day in a real browser, which has nothing to complain about on any page, and shuts nobody out."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.api_door import Door, open_door
from tests.browsers import Visitor
from voiceops.domain.people import Role
from voiceops.usecases.change_password import change_password
from voiceops.usecases.create_user import create_user

GOOD = "lantern orbit velvet mosaic"
Visit = Callable[..., Visitor]


@pytest.fixture(scope="module")
def house(
    tmp_path_factory: pytest.TempPathFactory, migrated_sqlite_file: Path, redis_server_url: str
) -> Iterator[Door]:
    """One server for all days."""
    folder = tmp_path_factory.mktemp("pages")
    database = shutil.copy(migrated_sqlite_file, folder / "voiceops.db")
    with open_door(folder, database_url=f"sqlite:///{database}", redis_url=redis_server_url) as door:
        user, given = create_user(door.services, name="vera", role=Role.QA, actor="admin")
        change_password(door.services, user.id, old=given, new=GOOD)
        yield door


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
    visitor.signs_in("vera", GOOD)
    visitor.sees_no_fault()
    visitor.page.goto("/password")
    visitor.sees_no_fault()


def test_a_new_person_comes_in_with_a_given_password_and_leaves_with_their_own(house: Door, visit: Visit) -> None:
    _, given = create_user(house.services, name="rita", role=Role.QA, actor="admin")
    visitor = visit(house.url)
    page = visitor.page
    visitor.signs_in("rita", given)
    expect(page.get_by_role("heading")).to_have_text("Change your password")
    for typed in (given, GOOD, GOOD):
        page.keyboard.type(typed)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("Your password is changed.")
    page.get_by_role("button", name="فارسی").click()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    page.get_by_role("button", name="خروج").click()
    expect(page).to_have_url(f"{house.url}/sign-in?done=signed-out")
    visitor.sees_no_fault()
