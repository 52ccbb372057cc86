"""One question to a server, and its answer: the head of it, and of the body what is wanted."""

import re
import socket
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPException, HTTPResponse, parse_headers
from io import BytesIO

from registry.exchange.links.lines import Deadline, Outside
from registry.exchange.links.targets import Failed, Outcome, Target

LARGEST_HEAD = 65_536
AT_A_TIME = 16_384
_END = re.compile(rb"\r?\n\r?\n")
_STATUS = re.compile(rb"HTTP/1\.[01] ([1-9][0-9]{2})(?: [^\r\n]*)?\r?\n")


@dataclass(frozen=True)
class Reply:
    """What a server answered; `body` holds no more than was asked for."""

    status: int
    headers: Message
    body: bytes = b""

    def header(self, name: str) -> str:
        """The first header of this name; blank where there is none."""
        return str(self.headers.get(name, ""))


def ask(
    outside: Outside,
    method: str,
    target: Target,
    headers: Mapping[str, str],
    *,
    seconds: float,
    most: int = 0,
) -> Reply:
    """Ask once, within so many seconds, and hang up; of the body, up to `most` bytes are read.

    Raises Failed. Nothing of an earlier answer goes along: no cookies, no passwords.
    """
    deadline = Deadline(seconds)
    try:
        with closing(outside.open(target, deadline)) as line:
            line.settimeout(deadline.left())
            line.sendall(_written(method, target, headers))
            return _read(line, deadline, most)
    except TimeoutError:
        raise Failed(Outcome.SLOW) from None
    except OSError:
        # What comes of a certificate was told before; this is a line that breaks.
        raise Failed(Outcome.CONNECTION) from None


def _written(method: str, target: Target, headers: Mapping[str, str]) -> bytes:
    lines = [f"{method} {target.path} HTTP/1.1", f"Host: {target.written_host}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "Connection: close", "", ""]).encode("ascii")


def _read(line: socket.socket, deadline: Deadline, most: int) -> Reply:
    raw = b""
    while True:
        while not (end := _END.search(raw)):
            raw += _more(line, deadline, is_garbled=len(raw) > LARGEST_HEAD)
        status, headers = _head(raw[: end.end()])
        if status >= 200:
            break
        # An early hint: the answer comes after it.
        raw = raw[end.end() :]
    if not most:
        return Reply(status, headers)
    return Reply(status, headers, _body(line, deadline, raw, end.end(), headers, most))


def _more(line: socket.socket, deadline: Deadline, *, is_garbled: bool) -> bytes:
    if is_garbled:
        raise Failed(Outcome.GARBLED)
    line.settimeout(deadline.left())
    if not (got := line.recv(AT_A_TIME)):
        raise Failed(Outcome.GARBLED)
    return got


def _head(raw: bytes) -> tuple[int, Message]:
    begins = _STATUS.match(raw)
    if not begins or len(raw) > LARGEST_HEAD:
        raise Failed(Outcome.GARBLED)
    try:
        return int(begins[1]), parse_headers(BytesIO(raw[begins.end() :]))
    except (HTTPException, ValueError):
        raise Failed(Outcome.GARBLED) from None


class _Heard:
    """Bytes that were received, in the place of the socket that the standard reader wants."""

    def __init__(self, raw: bytes) -> None:
        self._raw = raw

    def makefile(self, _mode: str) -> BytesIO:
        return BytesIO(self._raw)


def _body(
    line: socket.socket, deadline: Deadline, raw: bytes, begin: int, headers: Message, most: int
) -> bytes:
    length = str(headers.get("Content-Length", ""))
    wanted = min(int(length), most) if re.fullmatch(r"[0-9]{1,12}", length) else most
    # Some leave the line open behind the last chunk.
    while len(raw) - begin < wanted and not raw.endswith(b"\r\n0\r\n\r\n"):
        line.settimeout(deadline.left())
        if not (got := line.recv(AT_A_TIME)):
            break
        raw += got
    try:
        heard = HTTPResponse(_Heard(raw))  # type: ignore[arg-type]
        heard.begin()
        return heard.read(most)
    except HTTPException as error:
        # Cut off in the middle: what came is what we know.
        return getattr(error, "partial", b"")[:most]
    except ValueError:
        raise Failed(Outcome.GARBLED) from None
