"""What a browser is sent to look at: a page, in a state, in a language."""

from typing import NamedTuple

from articles.languages import address_in

NORMAL, EMPTY, ERROR, LONG = "normal", "empty", "error", "long"


class Place(NamedTuple):
    """A page in a state. `form` is sent, where the state comes from what somebody typed."""

    address: str
    state: str = NORMAL
    form: dict[str, str] | None = None


class Task(NamedTuple):
    """A page in a language, where the site answers."""

    site: str
    place: Place
    language: str

    @property
    def path(self) -> str:
        """The address on the site."""
        return address_in(self.place.address, self.language)

    def __str__(self) -> str:
        return f"{self.path[:70]} ({self.place.state})"
