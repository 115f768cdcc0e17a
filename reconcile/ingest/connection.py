"""Connections that cannot be turned inwards: a name is resolved once, its addresses checked, and that very one used.

A page may name, or redirect to, a host that stands for this machine or its network, and a name may answer differently
the second time it is asked. So the check is made where the connection is made. Reading ends at a deadline for the
whole exchange: a server that sends a byte now and then must not hold a run.
"""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any

import httpcore
import httpx

Resolve = Callable[[str, int], Sequence[str]]
"""A host's addresses, in the order to try them; raises OSError."""

_NAT64 = ip_network("64:ff9b::/96")
_RESOLVE_SECONDS = 10.0
_MOST_TRIED = 4


class RefusedAddressError(Exception):
    """The host stands for an address that may not be asked."""


class Deadline(threading.local):
    """When the exchange that this thread carries on must be over; each thread has its own."""

    at: float = float("inf")

    def left(self) -> float:
        """Seconds left, at least a moment so that a socket's timeout is never "none"."""
        return self.at - time.monotonic()


def system_resolve(host: str, port: int) -> Sequence[str]:
    """The host's addresses by the system's resolver, which knows no timeout of its own; raises OSError."""
    found: list[str] = []
    trouble: list[OSError | UnicodeError] = []

    def ask() -> None:
        try:
            found.extend(str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError) as error:
            trouble.append(error)

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    thread.join(_RESOLVE_SECONDS)
    if trouble or not found:
        raise OSError(f"the name {host} is not known" if trouble or not thread.is_alive() else "no answer to the name")
    return list(dict.fromkeys(found))


def may_ask(address: str, allowed: Sequence[IPv4Network | IPv6Network] = ()) -> bool:
    """Whether an address is one of the public net, or in a network that the configuration allows."""
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return all(_is_open(one, allowed) for one in _meant(ip))


def _is_open(ip: IPv4Address | IPv6Address, allowed: Sequence[IPv4Network | IPv6Network]) -> bool:
    if any(ip.version == network.version and ip in network for network in allowed):
        return True
    site_local = isinstance(ip, IPv6Address) and ip.is_site_local
    closed = ip.is_multicast or ip.is_reserved or ip.is_unspecified or ip.is_link_local or site_local
    return ip.is_global and not closed


def _meant(ip: IPv4Address | IPv6Address) -> Iterator[IPv4Address | IPv6Address]:
    """The address that counts: an IPv6 address may wrap an IPv4 one in several ways."""
    if isinstance(ip, IPv4Address):
        yield ip
    elif ip.ipv4_mapped is not None:
        yield ip.ipv4_mapped
    elif ip in _NAT64 or (int(ip) >> 32 == 0 and int(ip) > 1):
        yield IPv4Address(int(ip) & 0xFFFFFFFF)
    elif ip.sixtofour is not None:
        yield ip.sixtofour
    elif ip.teredo is not None:
        yield from ip.teredo
    else:
        yield ip


class _TimedStream(httpcore.NetworkStream):
    """A connection whose every wait ends at the exchange's deadline."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._inner, self._deadline = inner, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._wait(timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._wait(timeout, httpcore.WriteTimeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        wait = self._wait(timeout, httpcore.ConnectTimeout)
        return _TimedStream(self._inner.start_tls(ssl_context, server_hostname, wait), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)

    def _wait(self, timeout: float | None, late: type[Exception]) -> float:
        left = self._deadline.left()
        if left <= 0:
            raise late("the whole exchange took too long")
        return min(left, timeout or left)


class _GuardedBackend(httpcore.NetworkBackend):
    """Connects to addresses that were checked, never to names."""

    def __init__(self, resolve: Resolve, allowed: Sequence[IPv4Network | IPv6Network], deadline: Deadline) -> None:
        self._resolve, self._allowed, self._deadline = resolve, allowed, deadline
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        try:
            found = self._resolve(host, port)
        except OSError as error:
            raise httpcore.ConnectError(str(error)) from None
        checked = [address for address in found if may_ask(address, self._allowed)]
        if not checked:
            raise RefusedAddressError(found[0] if found else host)
        trouble: Exception = httpcore.ConnectError("no address answered")
        for address in checked[:_MOST_TRIED]:
            try:
                wait = min(timeout or _RESOLVE_SECONDS, max(self._deadline.left(), 0.001))
                stream = self._inner.connect_tcp(address, port, wait, local_address, socket_options)
                return _TimedStream(stream, self._deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                trouble = error
        raise trouble

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore.NetworkStream:
        raise RefusedAddressError(path)

    def sleep(self, seconds: float) -> None:
        self._inner.sleep(seconds)


class _PooledStream(httpx.SyncByteStream):
    """A response's bytes as they arrive."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner

    def __iter__(self) -> Iterator[bytes]:
        yield from self._inner

    def close(self) -> None:
        self._inner.close()


@cache
def _certificates() -> ssl.SSLContext:
    """Certificates are always checked; loading the known authorities takes a while."""
    return httpx.create_ssl_context()


class GuardedTransport(httpx.BaseTransport):
    """httpx's transport over guarded connections: no proxies, no cookies, certificates always checked."""

    def __init__(self, resolve: Resolve, allowed: Sequence[str], deadline: Deadline) -> None:
        """``allowed`` are the networks that may be asked though they are not public."""
        networks = tuple(ip_network(network) for network in allowed)
        self._pool = httpcore.ConnectionPool(
            ssl_context=_certificates(),
            max_connections=100,
            max_keepalive_connections=20,
            keepalive_expiry=30.0,
            network_backend=_GuardedBackend(resolve, networks, deadline),
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request; raises httpcore's errors and RefusedAddressError."""
        url = httpcore.URL(
            scheme=request.url.raw_scheme, host=request.url.raw_host, port=request.url.port, target=request.url.raw_path
        )
        sent = httpcore.Request(
            request.method, url, headers=request.headers.raw, content=request.stream, extensions=request.extensions
        )
        answer = self._pool.handle_request(sent)
        return httpx.Response(
            answer.status, headers=answer.headers, stream=_PooledStream(answer.stream), extensions=answer.extensions
        )

    def close(self) -> None:
        """Close every connection."""
        self._pool.close()
