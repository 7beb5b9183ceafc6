"""Takes the pictures of the pages in docs/pictures, from the shipped samples in a system made for it."""

import re
import shutil
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from tests.api_door import open_door
from tests.browsers import ARGUMENTS, PROGRAMS, Visitor
from tests.page_records import PASSWORD, move_in
from voiceops.delivery.embedded_redis import EmbeddedRedis
from voiceops.storage.database import migrate

PICTURES = Path(__file__).parents[1] / "docs" / "pictures"


@dataclass(frozen=True)
class Picture:
    """Who sees what, how.

    `opens` is in the line of a list whose link they follow from their first page, `at` an address; `accepts` whether
    the task is accepted first, `hears` a finding's number.
    """

    name: str
    who: str
    opens: str | None = None
    at: str | None = None
    accepts: bool = False
    hears: str | None = None
    size: tuple[int, int] = (1280, 720)
    look: dict[str, Any] = field(default_factory=dict)


WANTED = (
    Picture("board", "sam", size=(1280, 860)),
    Picture("trends", "sam", at="/trends", size=(1280, 1000)),
    Picture("inbox", "anna"),
    Picture("calls", "vera", size=(1280, 860)),
    Picture("call", "vera", opens="+12125550185", hears="6", size=(1440, 860)),
    Picture("call-persian-dark", "vera", opens="+12125550172", look={"locale": "fa", "color_scheme": "dark"}),
    Picture("task-small", "anna", opens="Mary Johnson", size=(360, 740)),
    Picture("task", "anna", opens="Mary Johnson", accepts=True, size=(1280, 940)),
    Picture("users", "root", at="/admin/users", size=(1280, 760)),
    Picture("queue", "root", at="/admin/queues/service", size=(1280, 960)),
)


def main() -> None:
    """Take all of them anew."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        sys.exit("Chromium is not installed: apt-get install chromium")
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        redis = EmbeddedRedis(folder / "redis")
        redis.start()
        database_url = f"sqlite:///{folder / 'voiceops.db'}"
        migrate(database_url)
        with open_door(folder, database_url=database_url, redis_url=redis.url) as door:
            move_in(door)
            browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
            for picture in WANTED:
                take(browser, door.url, picture)
            browser.close()
        redis.stop()


def take(browser: Browser, url: str, picture: Picture) -> None:
    """One picture of what fits into the window."""
    width, height = picture.size
    context = browser.new_context(base_url=url, viewport={"width": width, "height": height}, **picture.look)
    visitor = Visitor(context.new_page(), url.partition("://")[2])
    visitor.signs_in(picture.who, PASSWORD)
    if picture.opens is not None:
        visitor.page.locator("main li", has_text=picture.opens).get_by_role("link").first.click()
        visitor.page.wait_for_url(re.compile(r"/(calls|tasks)/\w+"))
    if picture.at is not None:
        visitor.page.goto(picture.at)
    if picture.accepts:
        visitor.page.keyboard.press("a")
        visitor.page.get_by_role("button", name="Resolved").wait_for()
    visitor.page.wait_for_load_state("load")
    if picture.hears is not None:
        visitor.page.keyboard.press(picture.hears)
        visitor.page.locator(".lit").wait_for()
    visitor.page.screenshot(path=PICTURES / f"{picture.name}.png")
    context.close()


if __name__ == "__main__":
    main()
