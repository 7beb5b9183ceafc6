"""Keeps what others ask us to send from reaching into our own network.

A name is looked up once, every address it stands for is judged, and the connection goes to an address
that was judged: a name that changes its mind between the look and the call gains nothing.
"""

import ipaddress
import socket
from collections.abc import Callable, Sequence

from voiceops.errors import BadInput, Unavailable

Resolver = Callable[[str], Sequence[str]]

_NAT64 = ipaddress.ip_network("64:ff9b::/96")  # RFC 6052: the last four bytes are an IPv4 address


def resolve(host: str) -> Sequence[str]:
    """Every address of a name. Raises OSError."""
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class AddressGuard:
    """Looks names up and says which addresses may be called."""

    def __init__(self, *, allow_private: bool = False, resolver: Resolver = resolve) -> None:
        self._allow_private = allow_private
        self._resolver = resolver

    def addresses(self, host: str) -> Sequence[str]:
        """The addresses of a host, at least one. Raises BadInput if any may not be called, Unavailable if unknown."""
        try:
            found = self._resolver(host.strip("[]"))
        except (OSError, UnicodeError) as error:
            raise _unknown(host) from error
        if not found:
            raise _unknown(host)
        if not self._allow_private and not all(map(_is_public, found)):
            raise _private(host)
        return found

    def judge(self, address: str) -> None:
        """Raise BadInput for an address that may not be called; a name is none, and may not."""
        if not self._allow_private and not _is_public(address):
            raise _private(address)


def _is_public(text: str) -> bool:
    """Whether an address belongs to the public internet, also where IPv6 only wraps an IPv4 address."""
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            address = inner
    return address.is_global and not address.is_multicast


def _private(host: str) -> BadInput:
    return BadInput(
        "This address lies inside a private network.",
        record=host,
        next_step="Use a public address, or set VOICEOPS_ALLOW_PRIVATE_ADDRESSES=true if it is meant.",
    )


def _unknown(host: str) -> Unavailable:
    return Unavailable(
        "Nobody knows the network address of this name.",
        record=host,
        next_step="Check how it is written, and that this machine can look names up.",
    )
