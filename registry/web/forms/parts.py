"""The parts that forms are made of: each reads what was typed into values, and shows values again.

What cannot be read is kept as it was typed; whether it is right is said by the actions.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registry.queries.naming import KINDS

Text = str | Promise
Choices = Callable[[], Sequence[tuple[str, Text]]]
# Empty lines that a list of rows offers beside what it holds, and the most that a form may send.
SPARE = 2
MOST_ROWS = 200


@dataclass(frozen=True)
class Shown:
    """A part with a value, as its template takes it."""

    part: "Part"
    value: Any
    errors: Sequence[str] = ()
    rows: Sequence[Any] = ()
    choices: Sequence[tuple[str, Text]] = ()
    is_optional: bool = True


@dataclass(frozen=True)
class Part:
    """One value of a record, asked for by one question."""

    name: str
    label: Text
    hint: Text = ""
    template: ClassVar[str]

    @property
    def kinds(self) -> set[str]:
        """The kinds of names that are chosen by typing in it."""
        return set()

    def read(self, post: QueryDict, before: Any) -> Any:
        """The value as typed; `before` is what is kept."""
        return post.get(self.name, "")

    def show(self, value: Any, *, spare: int = SPARE, **more: Any) -> Shown:
        """The part with this value in it."""
        return Shown(self, "" if value is None else value, **more)

    def said(self, value: Any) -> list[Text]:
        """The value in words, a line each; nothing for what is not given."""
        return [] if value in (None, "") else [str(value)]


@dataclass(frozen=True)
class Line(Part):
    """A line of text."""

    template = "desk/parts/line.html"
    width: str = "wide"
    kind: str = "text"


@dataclass(frozen=True)
class Paragraphs(Part):
    """A longer text."""

    template = "desk/parts/paragraphs.html"


@dataclass(frozen=True)
class Number(Line):
    """A whole number; what is none stays as typed."""

    width: str = "short"

    def read(self, post: QueryDict, before: Any) -> Any:
        """The number, or nothing."""
        typed = post.get(self.name, "").strip()
        return int(typed) if typed.isdecimal() and typed.isascii() else typed or None


@dataclass(frozen=True)
class YesNo(Part):
    """Something that is so or not."""

    template = "desk/parts/yes_no.html"

    def read(self, post: QueryDict, before: Any) -> bool:
        """Whether it is ticked."""
        return self.name in post

    def said(self, value: Any) -> list[Text]:
        """Yes or no."""
        return [_("Yes") if value else _("No")]


@dataclass(frozen=True)
class Choice(Part):
    """One of a few."""

    template = "desk/parts/choice.html"
    among: Choices = tuple
    unknown: Text = ""

    def show(self, value: Any, *, spare: int = SPARE, **more: Any) -> Shown:
        """With what can be chosen; `unknown` is the words for “not known yet”."""
        choices = list(self.among()) + ([("", self.unknown)] if self.unknown else [])
        return Shown(self, "" if value is None else value, choices=choices, **more)

    def said(self, value: Any) -> list[Text]:
        """The words of the choice."""
        return _labels(self.among, [] if value in (None, "") else [value])


@dataclass(frozen=True)
class Several(Part):
    """Any of a few."""

    template = "desk/parts/several.html"
    among: Choices = tuple

    def read(self, post: QueryDict, before: Any) -> list:
        """The codes that are ticked."""
        return post.getlist(self.name)

    def show(self, value: Any, *, spare: int = SPARE, **more: Any) -> Shown:
        """With what can be chosen."""
        chosen = [str(each) for each in value] if isinstance(value, list) else []
        return Shown(self, chosen, choices=list(self.among()), **more)

    def said(self, value: Any) -> list[Text]:
        """The words of the choices."""
        return _labels(self.among, value if isinstance(value, list) else [])


@dataclass(frozen=True)
class Served(Several):
    """The articles of the Convention that a record serves, as its partner states."""

    def read(self, post: QueryDict, before: Any) -> list:
        """The ticked ones are stated; those read so by the secretariat stay as they were."""
        kept = {str(row["article"]): row for row in before or [] if isinstance(row, dict)}
        return [
            kept.get(number) or {"article": number, "basis": "stated"}
            for number in post.getlist(self.name)
        ]

    def show(self, value: Any, *, spare: int = SPARE, **more: Any) -> Shown:
        """The numbers are ticked."""
        rows = [row for row in value or [] if isinstance(row, dict)]
        return super().show([row.get("article") for row in rows], **more)

    def said(self, value: Any) -> list[Text]:
        """The articles by number and title."""
        rows = [row for row in value or [] if isinstance(row, dict)]
        return super().said([row.get("article") for row in rows])


@dataclass(frozen=True)
class Date(Part):
    """A date as far as it is known: year, month, day."""

    template = "desk/parts/date.html"

    def read(self, post: QueryDict, before: Any) -> str:
        """YYYY, YYYY-MM or YYYY-MM-DD; whatever else is typed, joined in that order."""
        year, month, day = (post.get(f"{self.name}-{part}", "").strip() for part in _DATE)
        parts = [year, month.zfill(2) if month else "", day.zfill(2) if day else ""]
        if day and not month:
            return f"{year}-?-{day}"
        return "-".join(part for part in parts if part)

    def show(self, value: Any, *, spare: int = SPARE, **more: Any) -> Shown:
        """In three boxes."""
        parts = [*str(value or "").split("-", 2), "", "", ""][:3]
        boxes = dict(zip(_DATE, (part if part != "?" else "" for part in parts), strict=True))
        return Shown(self, boxes, **more)


_DATE = ("year", "month", "day")


@dataclass(frozen=True)
class Typed(Part):
    """One thing that has a name, chosen by typing it."""

    template = "desk/parts/typed.html"
    kind: str = "organisation"

    @property
    def kinds(self) -> set[str]:
        """One kind."""
        return {self.kind}

    def read(self, post: QueryDict, before: Any) -> str | None:
        """Its code; what is not known, as typed."""
        typed = post.get(self.name, "")
        return KINDS[self.kind]().code(typed) if typed.strip() else None

    def show(self, value: Any, *, spare: int = SPARE, **more: Any) -> Shown:
        """By its name."""
        return Shown(self, KINDS[self.kind]().name(value) if value else "", **more)

    def said(self, value: Any) -> list[Text]:
        """Its name."""
        return [KINDS[self.kind]().name(value)] if value else []


@dataclass(frozen=True)
class Column:
    """One cell of a row: a line of text, one of a few (`among`), or a name by typing (`kind`)."""

    name: str
    label: Text
    among: Choices | None = None
    kind: str = ""
    width: str = "wide"
    input_type: str = "text"

    def read(self, typed: str) -> str | None:
        """The cell's value."""
        if not self.kind:
            return typed.strip()
        return KINDS[self.kind]().code(typed) if typed.strip() else None

    def says_something(self, typed: str) -> bool:
        """Whether a row with this cell is more than an empty one; a choice is always made."""
        is_made_always = self.among and all(code for code, _label in self.among())
        return bool(typed.strip()) and not is_made_always

    def show(self, value: Any) -> dict[str, Any]:
        """The cell, as its template takes it."""
        text = "" if value is None else str(value)
        text = KINDS[self.kind]().name(text) if self.kind and text else text
        return {"column": self, "value": text, "choices": self.among() if self.among else ()}


@dataclass(frozen=True)
class Rows(Part):
    """Several rows of the same columns; of a single column, the values are no dictionaries."""

    template = "desk/parts/rows.html"
    columns: tuple[Column, ...] = ()
    one: Text = field(default="", kw_only=True)

    @property
    def kinds(self) -> set[str]:
        """Those of its columns."""
        return {each.kind for each in self.columns if each.kind}

    def read(self, post: QueryDict, before: Any) -> list:
        """The rows in which anything is typed; a choice alone is nothing."""
        cells = {each.name: post.getlist(f"{self.name}-{each.name}") for each in self.columns}
        longest = min(max((len(each) for each in cells.values()), default=0), MOST_ROWS)
        rows = []
        for at in range(longest):
            typed = {name: values[at] if at < len(values) else "" for name, values in cells.items()}
            if any(each.says_something(typed[each.name]) for each in self.columns):
                rows.append({each.name: each.read(typed[each.name]) for each in self.columns})
        if len(self.columns) == 1:
            return [row[self.columns[0].name] for row in rows]
        return rows

    def show(self, value: Any, *, spare: int = SPARE, **more: Any) -> Shown:
        """With `spare` empty rows behind."""
        held = value if isinstance(value, list) else []
        if len(self.columns) == 1:
            held = [{self.columns[0].name: each} for each in held]
        rows = [row for row in held if isinstance(row, dict)] + [{}] * spare
        shown = [[each.show(row.get(each.name)) for each in self.columns] for row in rows]
        return Shown(self, value, rows=shown, **more)

    def said(self, value: Any) -> list[Text]:
        """A line for each row."""
        shown = self.show(value, spare=0)
        return [" – ".join(str(_word(cell)) for cell in row if _word(cell)) for row in shown.rows]


def _word(cell: dict[str, Any]) -> Text:
    return dict(cell["choices"]).get(cell["value"], cell["value"])


def _labels(among: Choices, codes: Any) -> list[Text]:
    words = dict(among())
    return [words.get(str(code), str(code)) for code in codes]
