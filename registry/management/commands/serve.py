"""Serves the site: checks the port, collects static files if they changed, starts the server."""

import errno
import multiprocessing
import os
import socket
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

PATIENCE = 10  # seconds, for a job that is running
EVERYWHERE = {"0.0.0.0", "::"}


class Command(BaseCommand):
    help = "Serve the site. Ctrl-C ends it."
    requires_migrations_checks = True

    def add_arguments(self, parser):
        parser.add_argument("--host", default=settings.HOST)
        parser.add_argument("--port", type=int, default=settings.PORT)
        parser.add_argument("--workers", type=int, default=settings.WEB_WORKERS)

    def handle(self, *, host, port, workers, **options):
        refuse_taken_port(host, port)
        if static_files_changed():
            self.stdout.write("Collecting static files.")
            call_command("collectstatic", interactive=False, verbosity=0)
            # That took seconds; somebody may have come first.
            refuse_taken_port(host, port)
        # The workers are new processes and read the environment again.
        os.environ.update(HOST=host, PORT=str(port), WEB_WORKERS=str(workers))
        self.stdout.write(f"Serving on {address(host, port)} (Ctrl-C ends it)")
        if host in EVERYWHERE:
            names = ", ".join(settings.ALLOWED_HOSTS)
            self.stdout.write(f"It answers to the names in ALLOWED_HOSTS: {names}")
        self.stdout.flush()
        # A worker that began as a copy of this process would share its connection to the database
        # with the others, and hold its settings.
        multiprocessing.set_start_method("spawn", force=True)
        connections.close_all()
        with clock():
            server(host, port, workers).serve()
        self.stdout.write("Stopped.")


@contextmanager
def clock():
    """Where there is no broker, a process of its own runs the timetable's jobs meanwhile.

    Not a thread: the server forks its workers, and a fork copies locks that a thread may hold.
    """
    if not settings.CELERY_TASK_ALWAYS_EAGER:
        yield
        return
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "timetable"]
    # In a session of its own, Ctrl-C reaches the server alone; the end of its input ends it.
    with subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True) as jobs:
        try:
            yield
        finally:
            jobs.stdin.close()
            try:
                jobs.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                jobs.kill()


def server(host, port, workers):
    return Granian(
        "partnership.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=1,
        respawn_failed_workers=True,
        # Long enough for a download to end, short enough to wait for.
        workers_kill_timeout=10,
        log_level=LogLevels.warning,
    )


def address(host, port):
    shown = "127.0.0.1" if host in EVERYWHERE else f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}/"


def refuse_taken_port(host, port):
    """The server itself would share a taken port without a word (SO_REUSEPORT)."""
    if not 1 <= port <= 65535:
        raise CommandError(f"Port {port} does not exist; choose one from 1 to 65535.")
    try:
        family, kind, protocol, _, target = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except OSError:
        raise CommandError(f"{host} is not an address of this machine; try 127.0.0.1.") from None
    with socket.socket(family, kind, protocol) as probe:
        if os.name == "posix":
            # Connections that are just closing are no reason to refuse.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(target)
        except PermissionError:
            raise CommandError(
                f"Port {port} needs more rights; choose another with PORT=9000"
            ) from None
        except OSError as error:
            raise CommandError(trouble(host, port, error)) from None


def trouble(host, port, error):
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} on {host} is already in use; choose another with PORT=9000"
    return f"Cannot serve on {host}, port {port}: {error.strerror}."


def static_files_changed():
    """Whether a source is newer than what was collected, or nothing was collected yet."""
    collected = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if not collected.exists():
        return True
    since = collected.stat().st_mtime
    sources = (storage.path(name) for finder in get_finders() for name, storage in finder.list([]))
    return any(os.path.getmtime(source) > since for source in sources)
