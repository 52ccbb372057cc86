"""Bytes from a bare WSGI function: what the server itself can do with an answer of this size."""

import os
from pathlib import Path

FOLDER = Path(os.environ["BENCH_ANSWERS"])
ANSWERS = {f"/{file.name}": file.read_bytes() for file in FOLDER.iterdir()}


def application(environ, start_response):
    body = ANSWERS[environ["PATH_INFO"]]
    headers = [("Content-Type", "application/json"), ("Content-Length", str(len(body)))]
    start_response("200 OK", headers)
    return [body]
