"""Sends requests to addresses that were judged, whatever their names stand for a moment later."""

import httpx

from voiceops.delivery.address_guard import AddressGuard


class JudgedTransport(httpx.BaseTransport):
    """Connects to addresses that the guard let through; certificates are still checked against the name.

    A client that follows redirects comes by here for each of them.
    """

    def __init__(self, guard: AddressGuard) -> None:
        self._guard = guard
        self._inner = httpx.HTTPTransport(trust_env=False)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Try the host's addresses in turn until one can be reached."""
        *others, last = self._guard.addresses(request.url.host)
        for address in others:
            try:
                return self._inner.handle_request(_to(address, request))
            except (httpx.ConnectError, httpx.ConnectTimeout):
                continue
        return self._inner.handle_request(_to(last, request))

    def close(self) -> None:
        """Close what is open."""
        self._inner.close()


def _to(address: str, request: httpx.Request) -> httpx.Request:
    """The same request to one address; the one that was given keeps its name, by which a redirect is understood."""
    return httpx.Request(
        request.method,
        request.url.copy_with(host=address),
        headers=request.headers,
        stream=request.stream,
        extensions={**request.extensions, "sni_hostname": request.url.host},
    )
