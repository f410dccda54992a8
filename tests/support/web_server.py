"""A web server on loopback whose pages a test writes, and certificates that a test can trust."""

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

Send = Callable[[bytes], None]


@dataclass(frozen=True)
class Page:
    """An answer.  told: the Content-Length to claim, None for the true one, negative for none.

    drip: sent byte by byte until the client hangs up, after the body (or amid the headers).
    """

    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "text/html"),)
    status: int = 200
    told: int | None = None
    drip: bytes = b""
    drip_headers: bool = False


@dataclass
class Site:
    """What the server answers, and what it was asked: (path, headers)."""

    port: int
    pages: dict[str, Page] = field(default_factory=dict)
    asked: list[tuple[str, Message]] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)

    def url(self, path: str = "/page", host: str = "borsetshire.test", scheme: str = "http") -> str:
        """Return the address of a page under an invented name, which a test's resolver knows."""
        return f"{scheme}://{host}:{self.port}{path}"


class _Server(ThreadingHTTPServer):
    site: Site

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients that hang up are what several tests are about."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        site = self.server.site
        site.asked.append((self.path, self.headers))
        page = site.pages.get(self.path, Page(status=404))
        self.send_response(page.status)
        for name, value in page.headers:
            self.send_header(name, value)
        told = len(page.body) if page.told is None else page.told
        if told >= 0:
            self.send_header("Content-Length", str(told))
        if page.drip_headers:
            self.flush_headers()
            self.wfile.write(b"X-Drip: ")
        else:
            self.end_headers()
        self.wfile.write(page.body)
        while page.drip and not site.closing.wait(0.02):
            self.wfile.write(page.drip)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- as http.server names it
        """Say nothing."""


@contextmanager
def serving(context: ssl.SSLContext | None = None) -> Iterator[Site]:
    """Run a server on a free port of 127.0.0.1, with TLS where a context is given."""
    with _Server(("127.0.0.1", 0), _Handler) as server:
        if context is not None:
            server.socket = context.wrap_socket(server.socket, server_side=True)
        server.site = Site(server.server_address[1])
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server.site
        finally:
            server.site.closing.set()
            server.shutdown()
            thread.join()


def make_certificate(folder: Path, host: str) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """Return the context of a server named host, and that of a client that trusts its certificate."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    start = datetime.now(UTC) - timedelta(days=1)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=30))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "certificate.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM) + private)
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(file)
    return server, ssl.create_default_context(cafile=file)
