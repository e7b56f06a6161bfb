"""A registry that misbehaves as it is told: a real server on a real socket of this machine."""

from __future__ import annotations

import asyncio
import datetime as dt
import ipaddress
import json
import ssl
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import msgspec
from aiohttp import web
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

HOST = "127.0.0.1"


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """One request as it arrived."""

    path: str
    query: dict[str, str]
    user_agent: str | None
    tls: str | None


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """What is answered. ``cut`` breaks the connection off in the middle of the body."""

    status: int = 200
    body: bytes = b"{}"
    content_type: str = "application/json"
    headers: dict[str, str] = msgspec.field(default_factory=dict)
    cut: bool = False


def data(value: Any) -> Reply:
    """An answer in JSON."""
    return Reply(body=json.dumps(value).encode())


def text(status: int, words: str, **headers: str) -> Reply:
    """An error as the registry words them: plain text, whatever its status."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Reply(status=status, body=words.encode(), content_type="text/plain", headers=named)


WEB_PAGE = Reply(body=b"<!doctype html><p>Sign in to the network", content_type="text/html")
FORBIDDEN = Reply(status=403, body=b"<html>403 Forbidden</html>", content_type="text/html")


class FakeCtgov:
    """A small registry: two studies a page, tokens that die with the data they were given for.

    ``rule`` may answer any request first; ``next`` are answers that are given once each before the
    registry behaves again.
    """

    def __init__(self, *studies: dict[str, Any]) -> None:
        self.studies = list(studies)
        self.timestamp = "2026-02-03T09:00:06"
        self.page_size = 2
        self.rule: Callable[[Asked], Reply | None] = lambda _: None
        self.next: deque[Reply] = deque()
        self.asked: list[Asked] = []
        self.base_url = ""

    @property
    def paths(self) -> list[str]:
        """The paths asked for, in order."""
        return [asked.path for asked in self.asked]

    def answer(self, asked: Asked) -> Reply:
        """What this request gets."""
        self.asked.append(asked)
        if (ruled := self.rule(asked)) is not None:
            return ruled
        if self.next:
            return self.next.popleft()
        if asked.path == "/version":
            return data({"apiVersion": "2.0.5", "dataTimestamp": self.timestamp})
        if asked.path == "/studies":
            return self._page(asked.query)
        return self._one(asked.path.rpartition("/")[2])

    def _page(self, query: dict[str, str]) -> Reply:
        found = self.studies
        if "filter.ids" in query:
            ids = set(query["filter.ids"].split(","))
            found = [study for study in found if ids & numbers(study)]
        made_for, _, start = query.get("pageToken", f"{self.timestamp}@0").rpartition("@")
        if made_for != self.timestamp:
            return text(400, "Invalid page token")
        begin = int(start)
        end = begin + min(self.page_size, int(query["pageSize"]))
        answer: dict[str, Any] = {"studies": found[begin:end]}
        if end <= len(found):  # a page that is exactly full has a token too
            answer["nextPageToken"] = f"{self.timestamp}@{end}"
        if query.get("countTotal") == "true" and begin == 0:
            answer["totalCount"] = len(found)
        return data(answer)

    def _one(self, number: str) -> Reply:
        for study in self.studies:
            identification = study["protocolSection"]["identificationModule"]
            if identification["nctId"] == number:
                return data(study)
            if number in identification.get("nctIdAliases", ()):
                location = f"/api/v2/studies/{identification['nctId']}?format=json"
                return text(301, "moved", Location=location)
        return text(404, f"NCT number {number} not found")


def numbers(study: dict[str, Any]) -> set[str]:
    """A study's number and its aliases."""
    identification = study["protocolSection"]["identificationModule"]
    return {identification["nctId"], *identification.get("nctIdAliases", ())}


@asynccontextmanager
async def serving(
    registry: FakeCtgov, tls: ssl.SSLContext | None = None
) -> AsyncIterator[FakeCtgov]:
    """Serve it on a free port; its ``base_url`` says where."""

    async def handle(request: web.Request) -> web.StreamResponse:
        return await _respond(request, registry.answer(_asked(request)))

    app = web.Application()
    app.router.add_get("/{path:.*}", handle)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    try:
        site = web.TCPSite(runner, HOST, 0, ssl_context=tls)
        await site.start()
        port = runner.addresses[0][1]
        registry.base_url = f"{'https' if tls else 'http'}://{HOST}:{port}"
        yield registry
    finally:
        await runner.cleanup()


def _asked(request: web.Request) -> Asked:
    secure = request.transport.get_extra_info("ssl_object") if request.transport else None
    return Asked(
        path=request.path,
        query=dict(request.query),
        user_agent=request.headers.get("User-Agent"),
        tls=secure.version() if secure else None,
    )


async def _respond(request: web.Request, reply: Reply) -> web.StreamResponse:
    headers = {"Content-Type": reply.content_type, **reply.headers}
    if not reply.cut:
        return web.Response(status=reply.status, body=reply.body, headers=headers)
    response = web.StreamResponse(status=reply.status, headers=headers)
    response.content_length = len(reply.body)
    await response.prepare(request)
    await response.write(reply.body[: len(reply.body) // 2])
    if request.transport is not None:
        request.transport.close()
    return response


class Certificate:
    """A certificate for this machine, made for one test, and contexts for both ends."""

    def __init__(self, folder: Path) -> None:
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
        now = dt.datetime.now(dt.UTC)
        certificate = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - dt.timedelta(days=1))
            .not_valid_after(now + dt.timedelta(days=1))
            .add_extension(
                x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(HOST))]), False
            )
            .sign(key, hashes.SHA256())
        )
        self._certificate = folder / "certificate.pem"
        self._key = folder / "key.pem"
        self._certificate.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
        self._key.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )

    def server(self) -> ssl.SSLContext:
        """For the server: it shows the certificate."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self._certificate, self._key)
        return context

    def client(self) -> ssl.SSLContext:
        """For the client: it trusts the certificate, and none else."""
        return ssl.create_default_context(cafile=str(self._certificate))


class HurriedClock:
    """Time that passes only by waiting for it, at once. ``slept`` is every wait, in seconds."""

    def __init__(self) -> None:
        self.time = dt.datetime(2026, 2, 3, 12, tzinfo=dt.UTC)
        self.slept: list[float] = []

    def now(self) -> dt.datetime:
        """The present moment here."""
        return self.time

    def monotonic(self) -> float:
        """Seconds that only go on."""
        return self.time.timestamp()

    async def sleep(self, seconds: float) -> None:
        """Let it pass, and others run."""
        self.slept.append(seconds)
        await asyncio.sleep(0)
        self.time += dt.timedelta(seconds=seconds)

    async def wait_for(self, event: asyncio.Event, seconds: float) -> bool:
        """Let it pass unless the event is set."""
        if not event.is_set():
            await self.sleep(seconds)
        return event.is_set()
