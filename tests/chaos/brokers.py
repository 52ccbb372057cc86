"""Redis is away, comes back, forgets: every message leaves, once."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time

import redis

from registry.models import Notice
from tests.chaos.scene import Count, Scene, deliverer
from tests.mail_server import mail_server

SERVER = shutil.which("redis-server")
SOON = 300  # seconds
PUBLISH = "import django; django.setup(); from registry import tasks; tasks.deliver_notices.delay()"


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _address(port: int) -> str:
    return f"redis://127.0.0.1:{port}/0"


@contextlib.contextmanager
def redis_server(port: int):
    """A Redis of our own, which keeps nothing."""
    with tempfile.TemporaryDirectory() as folder:
        command = [
            SERVER,
            "--port",
            str(port),
            "--save",
            "",
            "--dir",
            folder,
            "--bind",
            "127.0.0.1",
        ]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        try:
            _wait_for(lambda: redis.Redis(port=port).ping())
            yield
        finally:
            process.terminate()
            process.wait(10)


@contextlib.contextmanager
def worker(server, port: int):
    """A worker as production runs it."""
    command = [sys.executable, "-m", "celery", "-A", "partnership", "worker", "--concurrency", "1"]
    # It says at length that Redis is away; nothing of that is news.
    process = deliverer(server, *command, "--loglevel", "CRITICAL", REDIS_URL=_address(port))
    try:
        yield
    finally:
        process.terminate()
        process.wait(30)


def back(messages: int) -> Count:
    """A worker is there before Redis is; Redis comes, goes, comes again, forgets what it heard."""
    if not SERVER:
        sys.exit("The program redis-server is not installed.")
    port = free_port()
    with mail_server() as server, worker(server, port):
        scene = Scene(server, messages, 1)
        with redis_server(port):
            _wait_until_all_left(port)
        scene.write(messages)
        with redis_server(port):
            _publish(port)
            redis.Redis(port=port).flushall()
            _wait_until_all_left(port)
        return scene.finish()


def _wait_until_all_left(port: int) -> None:
    # As the clock does each minute.
    _wait_for(lambda: _publish(port) or not Notice.objects.waiting().exists())


def _publish(port: int) -> None:
    environment = os.environ | {"REDIS_URL": _address(port)}
    subprocess.run([sys.executable, "-c", PUBLISH], env=environment, check=True)


def _wait_for(holds) -> None:
    ends = time.monotonic() + SOON
    while True:
        with contextlib.suppress(redis.ConnectionError):
            if holds():
                return
        assert time.monotonic() < ends, "It took too long."
        time.sleep(0.1)
