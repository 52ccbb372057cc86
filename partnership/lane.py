"""The lane: public answers given again at the WSGI boundary, before Django begins.

It gives only what Django has just given to somebody who was nobody in particular, under the same
revision, address and representation, with all headers that were sent; whoever has a session or a
token, or asks anything but to read, goes on to Django. It never asks the database: where the
revision was not looked at within the last second, Django looks first. So nothing private and
nothing older than Django would give can leave by it.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings

from partnership.answers import Kept, Shelf, for_all, has, key_of, may_be_public
from registry.queries import revision

# Where the middleware notes that an answer was everybody's: its revision, key and tag.
MARK = "registry.kept_under"
# Left out with a 304: they tell of a body.
OF_BODY = ("content-length", "content-type", "content-encoding")


class Lane:
    """A WSGI application in front of another."""

    def __init__(self, application: Callable) -> None:
        self.application, self.shelf = application, Shelf(settings.PUBLIC_MEMORY)

    def __call__(self, environ: dict[str, Any], start_response: Callable) -> Iterable[bytes]:
        number = revision.fresh() if self.shelf.most and may_be_public(environ) else None
        if number is not None:
            kept = self.shelf.get(number, key_of(environ))
            if kept:
                return _given(kept, environ, start_response)
        return self._from_django(environ, start_response)

    def _from_django(self, environ: dict[str, Any], start_response: Callable) -> Iterable[bytes]:
        said: list[tuple[str, list]] = []

        def listen(status: str, headers: list, *more: Any) -> Any:
            said[:] = [(status, headers)]
            return start_response(status, headers, *more)

        answer = self.application(environ, listen)
        mark = environ.get(MARK)
        if mark and said and said[0][0].startswith("200 ") and environ["REQUEST_METHOD"] == "GET":
            self._keep(*mark, said[0][1], answer)
        return answer

    def _keep(self, number: int, key: Any, tag: str, headers: list, answer: Any) -> None:
        names = {name.lower() for name, _ in headers}
        if "set-cookie" in names or getattr(answer, "streaming", True):
            return
        # Sets the revision of the shelf first: an answer of an older one is not put on it.
        if self.shelf.get(number, key) is None:
            self.shelf.put(number, key, Kept(for_all(headers), answer.content, tag))


def _given(kept: Kept, environ: dict[str, Any], start_response: Callable) -> Iterable[bytes]:
    if has(environ, kept.tag, "*"):
        headers = [pair for pair in kept.headers if pair[0].lower() not in OF_BODY]
        start_response("304 Not Modified", headers)
        return []
    start_response("200 OK", list(kept.headers))
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [kept.body]
