"""One GET over the network, in the ways that the registry may let in. The only room of httpx.

Reports of 403 for Python's clients contradict each other, so there are four ways of asking the
same question; ``ladder`` chooses. Every way gives an ``Answer``, whatever the status, or raises
``NoAnswer``; addresses and queries are in no message and no log, for a query is what a person
follows.
"""

from __future__ import annotations

import asyncio
import email.utils
import http.client
import logging
import socket
import ssl
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from email.message import Message
from functools import cache
from typing import Any, Protocol, TypeAlias

import httpx
import msgspec

_REDIRECTS = frozenset({301, 302, 303, 307, 308})

TlsContext: TypeAlias = Callable[[], ssl.SSLContext]
"""Gives a TLS context; who changes it asks for one of its own."""


_LONGEST_PAUSE = 86_400.0
"""Seconds; the data move once a day, and nobody means a longer pause."""


class Timeouts(msgspec.Struct, frozen=True, kw_only=True):
    """Seconds for a connection, for silence while reading, and for one request as a whole.

    A page of a thousand records has about 17 MB, so a bulk request may take minutes; ``person`` is
    the whole of a request that somebody waits for.
    """

    connect: float = 10.0
    read: float = 60.0
    total: float = 300.0
    person: float = 20.0


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What came back. ``retry_after`` is in seconds, ``location`` as the server wrote it."""

    status: int
    body: bytes
    content_type: str = ""
    location: str | None = None
    retry_after: float | None = None

    @property
    def is_redirect(self) -> bool:
        """Whether it leads elsewhere, to ``location``."""
        return self.status in _REDIRECTS and self.location is not None

    @property
    def is_web_page(self) -> bool:
        """Whether this is a page for people: the API never gives one, a proxy in between does.

        A redirect is none, though servers put a page beside it: what counts is where it leads.
        """
        if self.is_redirect:
            return False
        return "html" in self.content_type.lower() or self.body[:256].lstrip().startswith(b"<")


class NoAnswer(Exception):
    """Nothing that could be read came back; asking again may help."""

    def __init__(self, why: str, retry_after: float | None = None) -> None:
        super().__init__(why)
        self.retry_after = retry_after


class Way(Protocol):
    """One way of asking, with a name for the operator."""

    name: str

    async def get(self, url: str, seconds: float) -> Answer:
        """Ask, for at most so long. Raises NoAnswer."""
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...


def ways(user_agent: str, timeouts: Timeouts, tls: TlsContext | None = None) -> tuple[Way, ...]:
    """All ways, the honest one first. ``tls`` replaces the trusted certificates (for tests)."""
    _keep_addresses_out_of_logs()
    shared, own = tls or _trusted, tls or httpx.create_ssl_context

    def tls_1_2() -> ssl.SSLContext:
        made = own()
        made.maximum_version = ssl.TLSVersion.TLSv1_2
        return made

    return (
        HttpxWay("own User-Agent", user_agent, shared, timeouts),
        HttpxWay("no User-Agent", None, shared, timeouts),
        HttpxWay("TLS 1.2", user_agent, tls_1_2, timeouts),
        UrllibWay("urllib", own, timeouts),
    )


@cache
def _trusted() -> ssl.SSLContext:
    """The usual one, which nobody changes: to make it takes a fiftieth of a second."""
    return httpx.create_ssl_context()


def _keep_addresses_out_of_logs() -> None:
    """httpx logs every address with its query at INFO, httpcore more of it at DEBUG."""
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)


class HttpxWay:
    """Through httpx, keeping connections open between pages."""

    def __init__(
        self, name: str, user_agent: str | None, tls: TlsContext, timeouts: Timeouts
    ) -> None:
        self.name = name
        self._user_agent = user_agent
        self._tls = tls
        self._timeouts = timeouts
        self._client: httpx.AsyncClient | None = None

    async def get(self, url: str, seconds: float) -> Answer:
        """Ask, for at most so long. Raises NoAnswer."""
        try:
            async with asyncio.timeout(seconds):
                response = await self._connected().get(url)
        except TimeoutError as error:
            raise NoAnswer(f"the registry did not answer within {seconds:g} seconds") from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise NoAnswer(_unconnected(error)) from None
        return _answer(response.status_code, response.content, response.headers)

    async def close(self) -> None:
        """Let go of connections."""
        client, self._client = self._client, None
        if client is not None:
            await client.aclose()

    def _connected(self) -> httpx.AsyncClient:
        # Made at first use: loading the certificates takes a while, and most ways are never used.
        if self._client is None:
            self._client = httpx.AsyncClient(
                verify=self._tls(),
                timeout=httpx.Timeout(self._timeouts.read, connect=self._timeouts.connect),
                limits=httpx.Limits(keepalive_expiry=30),
                headers={"Accept": "application/json"},
                follow_redirects=False,
            )
            del self._client.headers["User-Agent"]
            if self._user_agent is not None:
                self._client.headers["User-Agent"] = self._user_agent
        return self._client


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Gives a redirect back as it is."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: Any,
        code: int,
        msg: str,
        headers: Message,
        newurl: str,
    ) -> None:
        """Never go on."""


class UrllibWay:
    """Through the standard library as it comes, in a thread."""

    def __init__(self, name: str, tls: TlsContext, timeouts: Timeouts) -> None:
        self.name = name
        self._tls = tls
        self._timeouts = timeouts
        self._opener: urllib.request.OpenerDirector | None = None

    async def get(self, url: str, seconds: float) -> Answer:
        """Ask, for at most so long; the thread is left to its own timeout. Raises NoAnswer."""
        try:
            async with asyncio.timeout(seconds):
                return await asyncio.to_thread(self._get, url)
        except TimeoutError as error:
            raise NoAnswer(f"the registry did not answer within {seconds:g} seconds") from error
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise NoAnswer(_unconnected(error)) from None

    async def close(self) -> None:
        """Nothing is kept open."""

    def _get(self, url: str) -> Answer:
        if self._opener is None:
            https = urllib.request.HTTPSHandler(context=self._tls())
            self._opener = urllib.request.build_opener(_NoRedirect, https)
        try:
            with self._opener.open(url, timeout=self._timeouts.read) as response:
                return _answer(response.status, response.read(), response.headers)
        except urllib.error.HTTPError as error:
            with error:
                return _answer(error.code, error.read(), error.headers)


def _answer(status: int, body: bytes, headers: Mapping[str, str] | Message) -> Answer:
    return Answer(
        status=status,
        body=body,
        content_type=headers.get("Content-Type") or "",
        location=headers.get("Location"),
        retry_after=_retry_after(headers.get("Retry-After"), headers.get("Date")),
    )


def _retry_after(asked: str | None, date: str | None) -> float | None:
    """Seconds, from a number or from a date by the server's own clock (RFC 9110, 10.2.3)."""
    if asked is None:
        return None
    if asked.strip().isdecimal():
        return min(float(asked), _LONGEST_PAUSE)
    try:
        until = email.utils.parsedate_to_datetime(asked)
        left = until - email.utils.parsedate_to_datetime(date or "")
    except (TypeError, ValueError):  # no date, or one with a zone and one without
        return None
    return min(max(0.0, left.total_seconds()), _LONGEST_PAUSE)


def _unconnected(error: BaseException) -> str:
    """In our own words, because the library's may name the address, and say little to people."""
    for cause in _causes(error):
        if isinstance(cause, ssl.SSLCertVerificationError):
            return "no connection to the registry: its certificate is not trusted here"
        if isinstance(cause, ssl.SSLError):
            return "no connection to the registry: no encryption that both sides know"
        if isinstance(cause, socket.gaierror):
            return "no connection to the registry: its name is not known to the network"
        if isinstance(cause, ConnectionRefusedError):
            return "no connection to the registry: nobody listens at its address"
    return "no connection to the registry"


def _causes(error: BaseException) -> Iterator[BaseException]:
    """What led to it, itself first; urllib keeps the cause as the reason."""
    seen: BaseException | None = error
    while seen is not None:
        yield seen
        reason = getattr(seen, "reason", None)
        seen = reason if isinstance(reason, BaseException) else seen.__cause__ or seen.__context__


def user_agent(contact: str | None) -> str:
    """Who asks, so that the registry can tell us what it would rather have."""
    said = "".join(char for char in contact or "" if char.isascii() and char.isprintable())
    return f"Trialbell (+{said})" if said else "Trialbell"
