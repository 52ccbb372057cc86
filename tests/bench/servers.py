"""Servers to measure, each with two workers, on a free port of this machine."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager

WORKERS = 2


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def serving(application, ready="/", **environment):
    """A server of a WSGI application; gives its address. Ends with the block."""
    port = _free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws"]
    command += ["--host", "127.0.0.1", "--port", str(port), "--workers", str(WORKERS)]
    command += ["--blocking-threads", "1", "--log-level", "error", application]
    settings = {"ALLOWED_HOSTS": "127.0.0.1", "API_LIMITS": "false", **environment}
    process = subprocess.Popen(command, env=os.environ | settings)
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_for(address + ready, process)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait_for(url, process, seconds=120):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if process.poll() is not None:
            raise SystemExit(f"The server ended at once with {process.returncode}.")
        try:
            with urllib.request.urlopen(url, timeout=seconds) as answer:
                answer.read()
            return
        except OSError:
            time.sleep(0.2)
    raise SystemExit(f"No answer from {url} within {seconds} seconds.")


def fetch(url, **headers):
    """One answer: its headers and its body."""
    with urllib.request.urlopen(urllib.request.Request(url, headers=headers)) as answer:
        return answer.headers, answer.read()
