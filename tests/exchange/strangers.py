"""Servers of strangers on loopback, behind names and public addresses that only a test knows.

The rules of what is public stay as they are: a name leads to public numbers, and the connection
that would go there ends at a server of the test. Whatever would go anywhere else ends in a trap
that counts.
"""

import datetime as dt
import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from registry.exchange.links.lines import Outside
from registry.exchange.links.networks import is_public
from registry.exchange.links.pace import Pace
from registry.exchange.links.visiting import Visitor

SITE = "https://registry.example"
NOT_THERE = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
FINE = b"HTTP/1.1 200 OK\r\nSet-Cookie: a=b\r\nContent-Length: 0\r\n\r\n"


def answer(status: int, **headers: object) -> bytes:
    """An answer without a body."""
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([f"HTTP/1.1 {status} So", *lines, "", ""]).encode()


@dataclass
class Asked:
    """A question that a server was asked, and when."""

    method: str
    path: str
    headers: dict[str, str]
    at: float


@dataclass
class Server:
    """Answers each path by bytes, or lets a function have the line; robots.txt is not there."""

    pages: dict[str, bytes | Callable] = field(default_factory=dict)
    tls: ssl.SSLContext | None = None
    asked: list[Asked] = field(default_factory=list)
    accepted: int = 0

    def __post_init__(self) -> None:
        self.listening = socket.create_server(("127.0.0.1", 0), backlog=200)
        self.port = self.listening.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                line, _peer = self.listening.accept()
            except OSError:
                return
            self.accepted += 1
            threading.Thread(target=self._answer, args=(line,), daemon=True).start()

    def _answer(self, line: socket.socket) -> None:
        try:
            with self.tls.wrap_socket(line, server_side=True) if self.tls else line as line:
                self._talk(line)
        except OSError:
            pass
        finally:
            line.close()

    def _talk(self, line: socket.socket) -> None:
        head = b""
        while b"\r\n\r\n" not in head:
            if not (got := line.recv(4096)):
                return
            head += got
        first, *rest = head.decode().strip().split("\r\n")
        method, path, _version = first.split(" ")
        headers = {n.lower(): v for n, _, v in (each.partition(": ") for each in rest)}
        self.asked.append(Asked(method, path, headers, time.monotonic()))
        page = self.pages.get(f"{method} {path}", self.pages.get(path, NOT_THERE))
        if isinstance(page, bytes):
            line.sendall(page)
        else:
            page(line)

    def close(self) -> None:
        self.listening.close()


class World:
    """Which names there are, to which numbers they lead, and which server is behind these."""

    def __init__(self, trusted: ssl.SSLContext | None = None) -> None:
        self.numbers: dict[str, list[list[str]]] = {}
        self.servers: dict[str, Server] = {}
        self.connected: list[tuple[str, int]] = []
        self.trap = Server()
        given = {"tls": trusted} if trusted else {}
        self.outside = Outside(look_up=self._look_up, connect=self._connect, **given)

    def name(self, name: str, *numbers: list[str], server: Server | None = None) -> None:
        """A name that leads to these numbers; to the next of them each time it is looked up."""
        self.numbers[name] = list(numbers)
        if server:
            self.servers |= {each: server for some in numbers for each in some if is_public(each)}

    def site(self, name: str, pages: dict[str, bytes | Callable], **options: object) -> Server:
        """A server under a name and a public number of its own."""
        server = Server(pages, **options)
        self.name(name, [f"93.184.216.{len(self.servers) + 1}"], server=server)
        return server

    def visitor(self, every: float = 0.0, seconds: float = 5.0) -> Visitor:
        """One who lives in this world."""
        return Visitor(site=SITE, outside=self.outside, pace=Pace(every), seconds=seconds)

    @property
    def strayed(self) -> list[tuple[str, int]]:
        """The connections to what is not public."""
        return [each for each in self.connected if not is_public(each[0])]

    def _look_up(self, host: str, port: int) -> list[str]:
        if host not in self.numbers:
            raise OSError("no such name")
        left = self.numbers[host]
        return left.pop(0) if len(left) > 1 else left[0]

    def _connect(self, address: str, port: int, seconds: float) -> socket.socket:
        self.connected.append((address, port))
        server = self.servers.get(address, self.trap)
        return socket.create_connection(("127.0.0.1", server.port), seconds)

    def close(self) -> None:
        for server in {id(s): s for s in (self.trap, *self.servers.values())}.values():
            server.close()


def certificate(folder, name: str) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """Of a server with this name, which vouches for itself; and of a client that trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(True, False, False, False, False, True, True, False, False), critical=True
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = folder / "server.pem"
    pem.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(pem)
    return server, ssl.create_default_context(cafile=str(pem))
