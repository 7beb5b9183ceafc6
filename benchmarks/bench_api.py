"""How fast lists and detail pages answer with a year stored: 100,000 calls, 20,000 tasks, 50 requests a second.

    python -m benchmarks.bench_api [--databases sqlite,postgresql] [--seconds 10] [--rate 50] [--calls 100000]

The API runs in a process of its own, the clients in this one, on loopback. Requests leave at even intervals whether
or not earlier ones were answered, and each is measured from the moment it was due, so a slow answer is not hidden by
waiting for it. Pages that count over everything (the board, trends) are asked for at a tenth of the rate and stand
outside the mix. The machine's own baseline stands beside: /livez, which does nothing, at the same rate, before and
after; and /api/v1/session, which only signs in. Each page is measured by itself, then all of them mixed. The last
column is the processor time that the API spent on one answer: it stays the same where other work slows the machine.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path
from random import Random
from ssl import PROTOCOL_TLS_CLIENT, SSLContext
from typing import Self

import httpx
import psutil

from benchmarks.fresh_database import fresh_database
from benchmarks.stored_year import Year, store_year
from voiceops.bootstrap import build_services
from voiceops.domain.people import Role
from voiceops.settings import Settings
from voiceops.storage.database import migrate, open_database
from voiceops.usecases.create_token import TokenLimits, create_token

AIM_MS = 100
START_SECONDS = 60
CLIENTS = 16
# Of pages that count over everything one is asked for where of a list so many are.
SELDOM = 10
# Nothing is encrypted here; without this every client would read the certificates of the whole world first.
PLAIN = SSLContext(PROTOCOL_TLS_CLIENT)
EMPTY, SIGNED_IN = "/livez", "/api/v1/session"
# What each page is called, and the addresses that its requests take in turn.
Pages = Mapping[str, Sequence[str]]


def main() -> None:
    """Print the figures of each database."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--databases", default="sqlite,postgresql")
    parser.add_argument("--seconds", type=float, default=10, help="How long each page is asked for.")
    parser.add_argument("--rate", type=float, default=50, help="Requests a second.")
    parser.add_argument("--calls", type=int, default=Year.calls)
    parser.add_argument("--tasks", type=int, default=Year.tasks)
    given = parser.parse_args()
    year = Year(calls=given.calls, tasks=given.tasks)
    print(
        f"{year.calls} calls, {year.tasks} tasks, {given.rate:g} requests a second, {os.cpu_count()} cores; {_load()}"
    )
    for name in given.databases.split(","):
        with fresh_database(name) as url, tempfile.TemporaryDirectory() as folder:
            if url is not None:
                _measure(name, url, Path(folder), year, given)


def _measure(name: str, url: str, folder: Path, year: Year, given: argparse.Namespace) -> None:
    began = time.perf_counter()
    migrate(url)
    engine = open_database(url)
    store_year(engine, year)
    engine.dispose()
    print(f"\n{name}: stored in {time.perf_counter() - began:.0f} s; {_load()}")
    settings = Settings(data_dir=folder, database_url=url, redis_url=f"unix://{folder}/none.sock", port=0)
    secrets = _tokens(settings)
    with api_server(url, folder) as (address, pid), _Crowd(address, secrets, given.rate, pid) as crowd:
        pages = dict(_pages(address, secrets[Role.ADMIN], year))
        print(f"  {'':34} {'p50':>8} {'p95':>8} {'p99':>8} {'worst':>8} {'ms CPU':>8}")
        crowd.ask("empty route (/livez)", [EMPTY], given.seconds)
        crowd.ask("sign-in alone (/api/v1/session)", [SIGNED_IN], given.seconds)
        for page, addresses in pages.items():
            crowd.ask(page, addresses, given.seconds)
        for page, addresses in _figures(year):
            crowd.ask(f"{page} (one in {SELDOM})", addresses, given.seconds, seldom=True)
        crowd.ask("all pages mixed", _mixed(pages), given.seconds * 4, by_page=pages)
        crowd.ask("empty route (/livez) again", [EMPTY], given.seconds)
    print(f"  {_load()}; the aim is a p95 under {AIM_MS} ms")


def _load() -> str:
    return f"load average {os.getloadavg()[0]:.1f}"


def _tokens(settings: Settings) -> Mapping[Role, str]:
    services = build_services(settings)
    desks, teams = {Role.AGENT: "agent-007"}, {Role.SUPERVISOR: ("team-3",)}
    return {
        role: create_token(
            services, name=role, role=role, agent_id=desks.get(role), limits=TokenLimits(teams=teams.get(role, ()))
        )[1]
        for role in (Role.ADMIN, Role.AGENT, Role.SUPERVISOR)
    }


@contextmanager
def api_server(url: str, folder: Path) -> Iterator[tuple[str, int]]:
    """The API as it is started for work: its address on a port of its own, and its process."""
    port = str(20_000 + os.getpid() % 20_000)
    names = {"DATA_DIR": str(folder), "DATABASE_URL": url, "REDIS_URL": f"unix://{folder}/none.sock", "PORT": port}
    environment = {**os.environ, **{f"VOICEOPS_{name}": value for name, value in names.items()}}
    address = f"http://127.0.0.1:{port}"
    with (folder / "api.log").open("w") as log:
        server = subprocess.Popen([sys.executable, "-m", "api.serve"], env=environment, stderr=log)
    try:
        deadline = time.monotonic() + START_SECONDS
        while not _answers(address):
            if server.poll() is not None or time.monotonic() > deadline:
                sys.exit(f"The API did not start:\n{(folder / 'api.log').read_text()}")
            time.sleep(0.1)
        yield address, server.pid
    finally:
        server.terminate()
        server.wait(30)


def _answers(address: str) -> bool:
    try:
        return httpx.get(f"{address}{EMPTY}", trust_env=False, verify=PLAIN).is_success
    except httpx.TransportError:
        return False


def _pages(address: str, secret: str, year: Year) -> Iterator[tuple[str, Sequence[str]]]:
    """Every list and detail page; a role before an address is who asks, an admin where there is none."""
    chance = Random(2)  # noqa: S311  the same pages every time
    calls = [f"/api/v1/recordings/call-{chance.randrange(year.calls):06}" for _ in range(500)]
    some = [f"task-{chance.randrange(year.tasks):06}" for _ in range(500)]
    queues = [f"queue-{n:02}" for n in range(year.queues)]
    for kind in ("recordings", "tasks"):
        yield f"{kind}, first page", [f"/api/v1/{kind}"]
        yield f"{kind}, pages further on", _further_on(address, secret, f"/api/v1/{kind}?limit=50")
    yield "recordings by kind", ["/api/v1/recordings?kind=call", "/api/v1/recordings?kind=voicemail"]
    yield "recordings that failed", ["/api/v1/recordings?state=failed"]
    yield "recordings by queue", [f"/api/v1/recordings?queue={one}" for one in queues]
    yield "failed calls of a queue", [f"/api/v1/recordings?kind=call&state=failed&queue={one}" for one in queues]
    yield "recordings, 200 a page", ["/api/v1/recordings?limit=200"]
    yield "an agent's own calls", ["agent /api/v1/recordings"]
    yield "a supervisor's recordings", ["supervisor /api/v1/recordings", "supervisor /api/v1/recordings?kind=call"]
    yield "a supervisor's open tasks", ["supervisor /api/v1/tasks?ended=false"]
    yield "a supervisor's tasks", ["supervisor /api/v1/tasks"]
    yield "a call", calls
    yield "a call's findings", [f"{one}/findings" for one in calls]
    yield "a call's transcript", [f"{one}/transcript" for one in calls]
    yield "a call's reviews", [f"{one}/reviews" for one in calls]
    yield "QA's worklist (page)", ["/calls"]
    yield "the worklist of a queue (page)", [f"/calls?queue={one}" for one in queues]
    yield (
        "the worklist by outcome (page)",
        [f"/calls?outcome={one}" for one in ("missed", "uncertain", "met", "violated")],
    )
    yield "the worst of a rule (page)", ["/calls?rule=sales-en/rule-05&outcome=uncertain&order=worst"]
    yield "a supervisor's worklist (page)", ["supervisor /calls"]
    yield "tasks still open", ["/api/v1/tasks?ended=false"]
    yield "tasks by state", [f"/api/v1/tasks?state={one}" for one in ("open", "offered", "accepted", "done")]
    yield "tasks by queue", [f"/api/v1/tasks?queue={one}" for one in queues]
    yield "open tasks of a queue", [f"/api/v1/tasks?ended=false&queue={one}" for one in queues]
    yield "an agent's own tasks", ["agent /api/v1/tasks?ended=false", "agent /api/v1/tasks"]
    yield "the pool of an agent's queues", ["agent /api/v1/tasks?pool=true"]
    yield "a task", [f"/api/v1/tasks/{one}" for one in some]
    yield "the task of a voicemail", [f"/api/v1/tasks?recording=voicemail{one.removeprefix('task')}" for one in some]


def _figures(year: Year) -> Iterator[tuple[str, Sequence[str]]]:
    """Pages that count over everything, which few people look at, and those seldom."""
    queues = [f"queue-{n:02}" for n in range(year.queues)]
    yield "the board", ["/board", "supervisor /board"]
    yield "trends of six weeks", ["/trends"]
    yield "trends of a queue", [f"/trends?queue={one}" for one in queues]
    yield "trends of a supervisor's teams", ["supervisor /trends"]
    yield "trends of half a year", ["/trends?weeks=26"]


def _further_on(address: str, secret: str, path: str) -> Sequence[str]:
    """Addresses of the first pages of a list, each with the cursor of the one before."""
    found, at = [path], path
    with httpx.Client(
        base_url=address, headers={"Authorization": f"Bearer {secret}"}, trust_env=False, verify=PLAIN
    ) as client:
        for _ in range(40):
            at = f"{path}&cursor={client.get(at).raise_for_status().json()['next']}"
            found.append(at)
    return found


def _mixed(pages: Pages) -> Sequence[str]:
    """One of each page in turn."""
    turns = [cycle(addresses) for addresses in pages.values()]
    return [next(one) for _ in range(200) for one in turns]


class _Crowd:
    """Many clients of one server, who ask at even intervals."""

    def __init__(self, address: str, secrets: Mapping[Role, str], rate: float, pid: int) -> None:
        self._headers = {role: {"Authorization": f"Bearer {secret}"} for role, secret in secrets.items()}
        self._rate = rate
        self._process = psutil.Process(pid)
        # Connections are left before the server ends them for resting, so that no request meets a closing one.
        limits = httpx.Limits(keepalive_expiry=2)
        self._client = httpx.Client(base_url=address, trust_env=False, verify=PLAIN, timeout=60, limits=limits)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def ask(
        self, what: str, addresses: Sequence[str], seconds: float, *, by_page: Pages | None = None, seldom: bool = False
    ) -> None:
        """Ask for these addresses in turn, as often as the time allows, and print how long the answers took."""
        rate = self._rate / SELDOM if seldom else self._rate
        wanted = list(islice(cycle(addresses), round(seconds * rate)))
        worked, begin = self._worked(), time.perf_counter() + 0.2
        with ThreadPoolExecutor(CLIENTS) as clients:
            dues = [begin + n / rate for n in range(len(wanted))]
            took = list(clients.map(self._one, wanted, dues))
        _print(what, took, cpu_ms=(self._worked() - worked) * 1000 / len(wanted))
        pages = {address: page for page, found in (by_page or {}).items() for address in found}
        parts: defaultdict[str, list[float]] = defaultdict(list)
        for address, ms in zip(wanted, took, strict=True):
            parts[pages.get(address, "")].append(ms)
        for page, some in parts.items():
            if page:
                _print(f"  {page}", some)

    def _worked(self) -> float:
        spent = self._process.cpu_times()
        return float(spent.user + spent.system)

    def _one(self, address: str, due: float) -> float:
        """Milliseconds from when the request was due to its whole answer."""
        role, _, path = address.rpartition(" ")
        time.sleep(max(0.0, due - time.perf_counter()))
        answer = self._client.get(path, headers=self._headers[Role(role or Role.ADMIN)])
        answer.raise_for_status()
        return (time.perf_counter() - due) * 1000


def _print(what: str, took: Sequence[float], *, cpu_ms: float | None = None) -> None:
    ranked = sorted(took)
    middle, high, higher = (ranked[min(len(ranked) - 1, int(len(ranked) * share))] for share in (0.5, 0.95, 0.99))
    cpu = f"{cpu_ms:8.1f}" if cpu_ms is not None else " " * 8
    mark = "" if high < AIM_MS else "  p95 over the aim"
    print(f"  {what:34} {middle:8.1f} {high:8.1f} {higher:8.1f} {ranked[-1]:8.1f} {cpu}{mark}", flush=True)


if __name__ == "__main__":
    main()
