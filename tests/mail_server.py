"""A mail server inside the tests: what it got is what was really sent."""

import asyncio
import contextlib
import email
import email.policy
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.message import EmailMessage

from aiosmtpd.smtp import SMTP


@dataclass(frozen=True)
class Got:
    """A message that the server took."""

    sender: str
    to: list[str]
    mail: EmailMessage
    # Whose connection it was: port and number.
    peer: tuple

    @property
    def name(self) -> str:
        """Its Message-ID."""
        return str(self.mail["Message-ID"])


class MailServer:
    """Takes what it is sent, or answers as it is told.

    `answer` is asked for each recipient, then for each message (with the mail then), and gives
    what is said; None says yes. It may be a coroutine function, which may wait.
    """

    def __init__(self, answer: Callable | None = None, **options: object) -> None:
        self.got: list[Got] = []
        self.connections = 0
        self.answer = answer
        self.about_sender = "250 OK"
        self._options = {"decode_data": False, "enable_SMTPUTF8": False} | options
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, daemon=True)

    # What aiosmtpd calls.

    async def handle_MAIL(self, server, session, envelope, address, options) -> str:
        envelope.mail_from = address
        return self.about_sender

    async def handle_RCPT(self, server, session, envelope, address, options) -> str:
        if said := await self._asked(address, None):
            return said
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope) -> str:
        mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
        if said := await self._asked(envelope.rcpt_tos[0], mail):
            return said
        self.got.append(Got(envelope.mail_from, envelope.rcpt_tos, mail, session.peer))
        return "250 OK"

    async def _asked(self, address, mail) -> str | None:
        if self.answer is None:
            return None
        said = self.answer(address, mail)
        return await said if asyncio.iscoroutine(said) else said

    # What tests call.

    def start(self, port: int = 0) -> "MailServer":
        """Listen; on any free port unless one is given."""
        self._thread.start()
        listening = self._loop.create_server(self._protocol, "127.0.0.1", port)
        self._server = asyncio.run_coroutine_threadsafe(listening, self._loop).result(5)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    def later(self, seconds: float, act: Callable[[], object]) -> None:
        """Do something so long from now, beside all else."""
        self._loop.call_soon_threadsafe(self._loop.call_later, seconds, act)

    def stop(self) -> None:
        """Hang up, also on who still talks."""
        asyncio.run_coroutine_threadsafe(self._hang_up(), self._loop).result(5)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()

    def _protocol(self) -> SMTP:
        self.connections += 1
        return SMTP(self, loop=self._loop, **self._options)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_forever()

    async def _hang_up(self) -> None:
        self._server.close()
        self._server.close_clients()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)


@contextlib.contextmanager
def mail_server(answer: Callable | None = None, **options: object) -> Iterator[MailServer]:
    """A mail server for as long as it is needed."""
    server = MailServer(answer, **options).start()
    try:
        yield server
    finally:
        server.stop()


def transport(port: int, **options: object) -> dict:
    """The setting MAILERS by which messages leave for this port."""
    memory = {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}
    smtp = {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {"host": "127.0.0.1", "port": port, "timeout": 5} | options,
    }
    return {"default": memory, "transport": smtp}
