"""Deliverers that die: real processes, a real mail server, a real database, and the count after.

What may happen is counted apart from what may not. Where a deliverer dies after the server took a
message and before that was written down, a second copy must follow, and it bears the same
Message-ID: it is *in the window*. Any other second copy is *doubled*; a message without a copy is
*lost*.
"""

import asyncio
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.utils import timezone

from registry.models import Notice, User
from tests.mail_server import mail_server
from tests.notices import notice, person

MANAGE = str(settings.BASE_DIR / "manage.py")
# How long after the server took a message its sender is killed, at most: around the mark.
AROUND_THE_MARK = 0.006  # seconds


@dataclass(frozen=True)
class Count:
    """What came of it all."""

    messages: int
    kills: int
    lost: int
    doubled: int
    in_window: int
    misdirected: int
    unmarked: int

    def __str__(self) -> str:
        return (
            f"{self.messages} messages, {self.kills} kills: {self.lost} lost, {self.doubled} "
            f"doubled, {self.in_window} in the window, {self.misdirected} to somebody else, "
            f"{self.unmarked} not marked as sent"
        )

    @property
    def is_good(self) -> bool:
        """Whether nothing happened that may not."""
        return not (self.lost or self.doubled or self.misdirected or self.unmarked)


class Scene:
    """A mail server, messages that wait, and the deliverers that are sent and killed."""

    def __init__(self, server, messages: int, seed: int) -> None:
        self.server = server
        self.random = random.Random(seed)
        Notice.objects.all().delete()
        self.made = {}
        self.write(messages)
        self.window = Counter()
        self.kills = 0
        self.victim = None
        self.taken_before_death = 0
        # So long a deliverer lived until it was killed at work: what a start takes on this machine.
        self.pace = 1.0
        server.answer = self._answer

    def write(self, messages: int) -> None:
        """So many messages more, each to somebody else."""
        for _ in range(messages):
            made = notice(user=somebody())
            self.made[made.message_id] = made.address

    def _answer(self, _address, mail):
        """Kill the victim at its moment: when a message is offered, or just after it was taken."""
        if mail is None or self.victim is None:
            return None
        self.taken_before_death -= 1
        if self.taken_before_death > 0:
            return None
        victim, self.victim = self.victim, None
        if self.random.random() < 0.25:
            # It was offered, and is not taken.
            victim.kill()
            return "451 Gone"
        wait = self.random.uniform(0, AROUND_THE_MARK)
        self.server.later(wait, victim.kill)
        return None

    def deliver_and_kill(self, *, others: int = 0) -> None:
        """Send deliverers; kill one of them at some moment, and count what it left behind."""
        helping = [deliverer(self.server) for _ in range(others)]
        begun, victim = time.monotonic(), deliverer(self.server)
        if self.random.random() < 0.7:
            self.taken_before_death = self.random.randint(1, 6)
            self.victim = victim
            victim.wait()
            self.victim, self.pace = None, time.monotonic() - begun
        else:
            # While it starts, connects, claims its first messages.
            time.sleep(self.random.uniform(0, 1.2 * self.pace))
            victim.kill()
            victim.wait()
        if victim.returncode == -signal.SIGKILL:
            self.kills += 1
            time.sleep(0.05)  # what it sent last may still be on its way
            self._bury(victim)
        for each in helping:
            each.wait()

    def _bury(self, victim) -> None:
        """Count what it died on, and let its claims end at once: two minutes, without waiting."""
        dead = Notice.objects.filter(state="sending", claimed_by__contains=f":{victim.pid}:")
        taken = Counter(got.name for got in self.server.got)
        for left in dead:
            if taken[left.message_id] > self.window[left.message_id]:
                self.window[left.message_id] += 1
        dead.update(next_try_at=timezone.now())

    def finish(self) -> Count:
        """Deliver what is left, undisturbed; then count."""
        while Notice.objects.waiting().exists():
            done = deliverer(self.server).wait()
            assert done == 0, "A deliverer that nobody killed failed."
        copies = Counter(got.name for got in self.server.got)
        extra = {name: number - 1 for name, number in copies.items()}
        return Count(
            messages=len(self.made),
            kills=self.kills,
            lost=len(self.made.keys() - copies.keys()),
            doubled=sum(max(0, more - self.window[name]) for name, more in extra.items()),
            in_window=sum(min(more, self.window[name]) for name, more in extra.items()),
            misdirected=sum(got.to != [self.made.get(got.name)] for got in self.server.got),
            unmarked=Notice.objects.exclude(state="sent").count(),
        )


def somebody() -> User:
    """A person nobody else is, also where the database was used before."""
    return person(email=f"{os.urandom(6).hex()}@example.org")


def deliverer(server, *command: str, **given: str) -> subprocess.Popen:
    """A process that sends what waits, by `manage.py deliver_notices` unless told otherwise."""
    environment = os.environ | {"EMAIL_URL": f"smtp://127.0.0.1:{server.port}"}
    return subprocess.Popen(
        command or [sys.executable, MANAGE, "deliver_notices"],
        env=environment | given,
        cwd=settings.BASE_DIR,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL if command else None,
    )


def killed(messages: int, kills: int, *, others: int = 0, seed: int = 1) -> Count:
    """So many messages, and deliverers that are killed so many times while they send them."""
    with mail_server() as server:
        scene = Scene(server, messages, seed)
        while scene.kills < kills and Notice.objects.waiting().exists():
            scene.deliver_and_kill(others=others)
        return scene.finish()


def together(messages: int, deliverers: int) -> Count:
    """So many deliverers at once, which nobody kills."""
    with mail_server() as server:
        scene = Scene(server, messages, 1)
        for each in [deliverer(server) for _ in range(deliverers)]:
            each.wait()
        return scene.finish()


def hung_up(messages: int) -> Count:
    """PostgreSQL hangs up each time the mail server has taken a message, before it is marked."""

    def answer(_address, mail):
        return asyncio.to_thread(_hang_up) if mail is not None else None

    with mail_server() as server:
        scene = Scene(server, messages, 1)
        connection.close()
        server.answer = answer
        assert deliverer(server).wait() == 0
        server.answer = None
        return scene.finish()


def _hang_up() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    connection.close()
