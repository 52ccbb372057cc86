"""JSON files: read strictly, with faults named by the path inside the file."""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db.models import Choices

from articles.rows import LoadError, read_text, shown


@dataclass(frozen=True)
class Node:
    """An object of a JSON file, and where it stands: `path` is such as articles[4].provisions[2].

    Each accessor reads one member and raises LoadError if it is not what it should be. A member
    that is null is "" or None.
    """

    file: str
    path: str
    members: dict[str, Any]

    def error(self, column: str, reason: str) -> LoadError:
        """A LoadError for a member of this object, to be raised."""
        return LoadError(reason, file=self.file, place=self.path, column=column)

    def expect(self, names: Sequence[str], optional: Sequence[str] = ()) -> "Node":
        """This object, once it is sure that it has these members and no other."""
        for name in names:
            if name not in self.members:
                raise self.error(name, "is missing.")
        for name in self.members:
            if name not in [*names, *optional]:
                raise self.error(name, "is not known here.")
        return self

    def text(self, name: str) -> str:
        """A text; "" where it is null or left out."""
        text = self._kind(name, str, "a text") or ""
        # JSON can spell characters that no database stores: \u0000 and halves of pairs.
        if "\0" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
            raise self.error(name, "holds a character that cannot be stored.")
        return text.strip()

    def whole_number(self, name: str) -> int | None:
        """A whole number."""
        return self._kind(name, int, "a whole number")

    def date(self, name: str) -> dt.date | None:
        """A day of the calendar, such as 2014-03-09."""
        text = self.text(name)
        try:
            return dt.date.fromisoformat(text) if text else None
        except ValueError:
            raise self.error(name, f"“{text}” is not a date such as 2014-03-09.") from None

    def choice(self, name: str, kind: type[Choices]) -> str:
        """The value of one of the choices of `kind`."""
        text = self.text(name)
        if text and text not in kind.values:
            raise self.error(name, f"“{text}” is not one of {', '.join(kind.values)}.")
        return text

    def list(self, name: str, of: type[str] | type[int] = str) -> list[Any]:
        """A list of texts or of whole numbers, none of them twice; [] where it is left out."""
        values = self._kind(name, list, "a list") or []
        if any(type(value) is not of for value in values) or len(set(values)) < len(values):
            what = "texts" if of is str else "whole numbers"
            raise self.error(name, f"is not a list of {what}, each of them once.")
        return values

    def node(self, name: str) -> "Node":
        """The object that is the member `name`."""
        members = self._kind(name, dict, "an object")
        if members is None:
            raise self.error(name, "is empty.")
        return Node(self.file, self._inside(name), members)

    def nodes(self, name: str) -> "list[Node]":
        """The objects of the list that is the member `name`."""
        values = self._kind(name, list, "a list") or []
        for position, value in enumerate(values):
            if not isinstance(value, dict):
                raise self.error(f"{name}[{position}]", "is not an object.")
        inside = self._inside(name)
        return [Node(self.file, f"{inside}[{at}]", value) for at, value in enumerate(values)]

    def _inside(self, name: str) -> str:
        return f"{self.path}.{name}" if self.path else name

    def _kind(self, name: str, kind: type, called: str) -> Any:
        value = self.members.get(name)
        # True is an int to Python, not to the reader of the file.
        if value is not None and type(value) is not kind:
            raise self.error(name, f"is not {called}.")
        return value


def read_document(path: Path) -> Node:
    """The object that the JSON file at `path` holds; a member given twice is refused."""
    file = shown(path)

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        members = dict(pairs)
        if len(members) < len(pairs):
            names = [name for name, _ in pairs]
            twice = next(name for name in names if names.count(name) > 1)
            raise LoadError("is there twice in one object.", file=file, column=twice)
        return members

    try:
        members = json.loads(read_text(path), object_pairs_hook=once)
    except json.JSONDecodeError as wrong:
        place = f"line {wrong.lineno}"
        raise LoadError(f"is not sound JSON: {wrong.msg}.", file=file, place=place) from None
    if not isinstance(members, dict):
        raise LoadError("does not hold an object.", file=file)
    return Node(file, "", members)
