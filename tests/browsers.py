"""A real browser for tests: Debian's Chromium, and visitors in it who notice whatever is wrong with a page.

A plugin of tests/conftest.py. Where Chromium is missing a test is skipped with the reason, or fails where CI is set.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Response,
    expect,
    sync_playwright,
)

# As long as for the rest: a machine that runs other tests beside is slow, not wrong.
expect.set_options(timeout=30_000)

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
# Without these it wants a kernel's sandbox, a graphics card and its maker's servers.
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
_SERIOUS = {"serious", "critical"}


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A browser of this test process."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        reason = "Chromium is not installed: apt-get install chromium"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        browser.close()


@dataclass
class Visitor:
    """Somebody at a browser window. Whatever it complains about is kept until `leaves` or `sees_no_fault` asks."""

    page: Page
    host: str
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._on_console)
        self.page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        self.page.on("request", self._on_request)
        self.page.on("requestfailed", self._on_failed)
        self.page.on("response", self._on_response)

    def signs_in(self, name: str, password: str) -> None:
        """By keyboard alone, from the sign-in page."""
        self.page.goto("/sign-in")
        self.page.locator("[name=name]:focus").wait_for()
        self.page.keyboard.type(name)
        self.page.keyboard.press("Tab")
        self.page.keyboard.type(password)
        self.page.keyboard.press("Enter")
        self.page.wait_for_url(lambda address: not address.endswith("/sign-in"))

    def sees_no_fault(self) -> None:
        """Neither has the browser complained so far, nor does the page shut anybody out or run over its edge."""
        found = Axe().run(self.page).response["violations"]
        self.faults += [f"{one['id']}: {[node['html'] for node in one['nodes']]}" for one in found if _is_serious(one)]
        wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        self.faults += [f"{wide} px stand out at the side"] if wide > 0 else []
        assert not self.faults, f"{self.page.url}: {self.faults}"

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.faults.append(f"console: {message.text}")

    def _on_request(self, request: Request) -> None:
        if urlsplit(request.url).netloc != self.host:
            self.faults.append(f"asks another host: {request.url}")

    def _on_failed(self, request: Request) -> None:
        # Whoever leaves a page breaks off its stream and its sound.
        if request.failure != "net::ERR_ABORTED":
            self.faults.append(f"failed: {request.url}: {request.failure}")

    def _on_response(self, response: Response) -> None:
        if response.status >= 400:
            self.faults.append(f"{response.status}: {response.url}")


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Callable[..., Visitor]]:
    """Opens a fresh browser window at a server; its cookies are nobody else's."""
    opened: list[BrowserContext] = []

    def visit(url: str, *, width: int = 1280, **options: Any) -> Visitor:
        context = chromium.new_context(base_url=url, viewport={"width": width, "height": 800}, **options)
        opened.append(context)
        return Visitor(context.new_page(), urlsplit(url).netloc)

    yield visit
    for context in opened:
        context.close()


def _is_serious(violation: dict[str, Any]) -> bool:
    return violation["impact"] in _SERIOUS
