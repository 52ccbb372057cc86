"""Reads the settings again and again, each time in a process of its own.

Run by test_settings.py as `python -m tests.partnership.starting`: each line that comes in is an
environment, each line that goes out is what a start with it came to. The processes are forked from
this one, which has read the libraries already, for that takes most of a start, and nothing of the
project.
"""

import json
import os
import sys
import tempfile
from importlib import import_module

LIBRARIES = ("celery.app.base", "celery.schedules", "django.utils.csp", "environ")


def start(given: dict[str, str]) -> dict[str, object] | None:
    """What a start in this environment comes to; None in the process that is to start."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        if pid := os.fork():
            code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
            return {"code": code, "out": _all_of(out), "err": _all_of(err)}
        os.dup2(out.fileno(), sys.stdout.fileno())
        os.dup2(err.fileno(), sys.stderr.fileno())
    os.environ.clear()
    os.environ.update(given)
    return None


def _all_of(file) -> str:
    file.seek(0)
    return file.read().decode()


if __name__ == "__main__":
    for library in LIBRARIES:
        import_module(library)
    for line in sys.stdin:
        if (came := start(json.loads(line))) is None:
            # Whatever ends this ends the process, as it ends any other that reads the settings.
            import_module("partnership.settings")
            sys.exit()
        sys.stdout.write(json.dumps(came) + "\n")
        sys.stdout.flush()
