"""How soon a browser shows something of each main page, with 100,000 calls and 20,000 tasks stored.

    python -m benchmarks.bench_paint [--database postgresql] [--rounds 7]

Chromium and the API on one machine, over loopback. First contentful paint as the browser tells it, from the moment the
address was asked for; the files of a page are in its cache after the first round, as for somebody at work. The aim
is below 300 ms.
"""

import argparse
import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.bench_api import api_server
from benchmarks.fresh_database import fresh_database
from benchmarks.stored_year import Year, store_year
from tests.browsers import ARGUMENTS, PROGRAMS
from voiceops.bootstrap import build_services
from voiceops.domain.people import Role
from voiceops.domain.user import EVERY_TEAM
from voiceops.ports import Services
from voiceops.settings import Settings
from voiceops.storage.database import migrate, open_database
from voiceops.usecases.change_password import change_password
from voiceops.usecases.create_user import create_user

AIM_MS = 300
PASSWORD = "lantern orbit velvet mosaic"  # noqa: S105  of people who live as long as the measurement
PAGES = {
    "qa": ("/calls", "/calls?queue=queue-03", "/calls/call-000042", "/keyword-sets"),
    "agent": ("/inbox", "/calls"),
    "lead": ("/board", "/trends", "/trends?weeks=26", "/calls"),
    "admin": ("/admin", "/admin/users", "/admin/access"),
}
PAINT = """() => new Promise(done => new PerformanceObserver(list => {
    const found = list.getEntriesByName("first-contentful-paint")[0]; if (found) done(found.startTime)
}).observe({type: "paint", buffered: true}))"""


def main() -> None:
    """Print a line for each page of each person."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--rounds", type=int, default=7)
    given = parser.parse_args()
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        sys.exit("Chromium is not installed: apt-get install chromium")
    with fresh_database(given.database) as url, tempfile.TemporaryDirectory() as folder:
        if url is None:
            return
        migrate(url)
        engine = open_database(url)
        store_year(engine, Year())
        engine.dispose()
        _let_in(build_services(Settings(data_dir=Path(folder), database_url=url, redis_url="unix:///none")))
        with api_server(url, Path(folder)) as (address, _), sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
            for line in _lines(browser, address, given.rounds):
                print(line, flush=True)
            browser.close()


def _let_in(services: Services) -> None:
    for name, role, agent, teams in (
        ("qa", Role.QA, None, ()),
        ("agent", Role.AGENT, "agent-007", ()),
        ("lead", Role.SUPERVISOR, None, (EVERY_TEAM,)),
        ("admin", Role.ADMIN, None, ()),
    ):
        user, given = create_user(services, name=name, role=role, agent_id=agent, teams=teams, actor="bench")
        change_password(services, user.id, old=given, new=PASSWORD)


def _lines(browser: Browser, address: str, rounds: int) -> Iterator[str]:
    for name, paths in PAGES.items():
        context = browser.new_context(base_url=address)
        page = context.new_page()
        page.goto("/sign-in")
        page.fill("[name=name]", name)
        page.fill("[name=password]", PASSWORD)
        page.press("[name=password]", "Enter")
        page.wait_for_url(lambda at: "/sign-in" not in at)
        for path in paths:
            took = [_painted(page, path) for _ in range(rounds + 1)][1:]
            mark = "" if statistics.median(took) < AIM_MS else "  over the aim"
            yield f"{name:6} {path:28} {statistics.median(took):7.0f} ms  worst {max(took):7.0f}{mark}"
        context.close()


def _painted(page: Page, path: str) -> float:
    page.goto(path)
    painted: float = page.evaluate(PAINT)
    return painted


if __name__ == "__main__":
    main()
