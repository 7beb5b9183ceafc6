"""Hosts of our own on one machine: network namespaces on a bridge, each with an address of its own."""

import itertools
import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import pytest

_numbers = itertools.count(os.getpid() % 1000)


@dataclass(frozen=True)
class Host:
    """A namespace: its address, and the words before a command that run it there."""

    address: str
    prefix: Sequence[str]


@dataclass(frozen=True)
class Network:
    """`address` is this machine's in it; `cidr` holds it and all hosts."""

    address: str
    cidr: str
    hosts: Sequence[Host]


@contextmanager
def a_network(hosts: int) -> Iterator[Network]:
    """So many hosts for the length of the block; skips where the machine does not allow it."""
    program = shutil.which("ip") or "/usr/sbin/ip"
    number = next(_numbers) % 250 + 1
    names = [f"vo{number}h{one}" for one in range(hosts)]
    bridge, base = f"vo{number}", f"10.211.{number}"

    def ip(*words: str, check: bool = True) -> None:
        subprocess.run([program, *words], check=check, capture_output=True)

    try:
        ip("link", "add", bridge, "type", "bridge")
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("namespaces need root and `ip`: apt-get install iproute2")
    try:
        ip("addr", "add", f"{base}.1/24", "dev", bridge)
        ip("link", "set", bridge, "up")
        for place, name in enumerate(names, start=2):
            ip("netns", "add", name)
            ip("link", "add", f"{name}o", "type", "veth", "peer", "name", "eth0", "netns", name)
            ip("link", "set", f"{name}o", "master", bridge, "up")
            ip("-n", name, "addr", "add", f"{base}.{place}/24", "dev", "eth0")
            ip("-n", name, "link", "set", "eth0", "up")
            ip("-n", name, "link", "set", "lo", "up")
        places = [
            Host(f"{base}.{place}", (program, "netns", "exec", name)) for place, name in enumerate(names, start=2)
        ]
        yield Network(f"{base}.1", f"{base}.0/24", places)
    finally:
        for name in names:
            ip("netns", "del", name, check=False)
        ip("link", "del", bridge, check=False)
