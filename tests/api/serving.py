"""The site behind a real socket, on the connection of the test that asks for it."""

from contextlib import contextmanager
from threading import Thread

from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import WSGIRequestHandler, WSGIServer
from django.db import connections


class _Quiet(WSGIRequestHandler):
    def log_message(self, *args):
        pass


@contextmanager
def served():
    """The address of the site; it sees what the test sees, and is gone with it."""
    server = WSGIServer(("127.0.0.1", 0), _Quiet, ipv6=False)
    server.set_app(WSGIHandler())
    ours = connections["default"]

    def serve():
        # Connections belong to threads. One request at a time, while the test waits for it: so
        # this one can be lent.
        connections["default"] = ours
        server.serve_forever(poll_interval=0.01)

    ours.inc_thread_sharing()
    # Requests put old connections away, and one within a transaction looks unusable to them.
    ours.close_if_unusable_or_obsolete = lambda: None
    thread = Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
        del ours.close_if_unusable_or_obsolete
        ours.dec_thread_sharing()
