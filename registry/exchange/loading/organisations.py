"""Finds the organisation that a file means by a name; keeps unknown names as organisations."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from django.utils.text import slugify

from articles.loading.saving import Wanted
from articles.rows import Row, read_table
from articles.stemming import tokens
from registry.actions import slugs
from registry.models import Partner

# Rows, and the columns of theirs that hold names of organisations.
type Naming = Iterable[tuple[Sequence[Row], Sequence[str]]]


class Organisations:
    """The organisations of the files by all their names, in any spelling of case and accents.

    `listed` are the rows of partners and contributors; `naming` are the cells that name anybody. A
    name that is neither theirs nor in organisation_names.csv makes an organisation of its own.
    """

    def __init__(self, directory: Path, listed: Sequence[Row], naming: Naming) -> None:
        self._listed = _once({}, listed)
        self._by_name = _by_name(listed)
        columns = ["name", "slug", "basis"]
        same = read_table(directory / "organisation_names.csv", columns, key=["name"])
        self._same = {_key(row.text("name")): row for row in same}
        self.named = self._read_named(naming)
        self._refuse_strangers()

    def slug(self, row: Row, column: str, name: str) -> str:
        """The slug of the organisation that this cell calls `name`.

        Raises LoadError if two organisations go by that name.
        """
        if same := self._same.get(_key(name)):
            return same.text("slug", required=True)
        found = self._by_name[_key(name)]
        if len(found) > 1:
            either = " or ".join(sorted(found))
            raise row.error(column, f"“{name}” may be {either}; organisation_names.csv can say.")
        return next(iter(found))

    def slugs(self, row: Row, column: str) -> list[str]:
        """The slugs of the organisations that a cell names, each once."""
        found = [self.slug(row, column, name) for name in row.list(column)]
        for slug in found:
            if found.count(slug) > 1:
                raise row.error(column, f"names “{slug}” twice, in different words.")
        return found

    def other_names(self, slug: str) -> list[str]:
        """The names by which organisation_names.csv knows this organisation."""
        rows = self._same.values()
        return [row.text("name") for row in rows if row.text("slug") == slug]

    def _read_named(self, naming: Naming) -> dict[str, Wanted]:
        """The organisations that are known by name only, by slug."""
        named: dict[str, Wanted] = {}
        for row, column, name in _cells(naming):
            if _key(name) not in self._same and _key(name) not in self._by_name:
                slug = self._new_slug(row, column, name, named)
                self._by_name[_key(name)] = {slug}
                values = {"slug": slug, "name": name, "standing": Partner.Standing.NAMED.value}
                values["other_names"] = self.other_names(slug)
                named[slug] = Wanted(row, values, columns=dict.fromkeys(values, column))
        return named

    def _new_slug(self, row: Row, column: str, name: str, named: dict[str, Wanted]) -> str:
        slug = slugify(name)[: slugs.LONGEST].strip("-")
        if not slug:
            raise row.error(column, f"“{name}” has no Latin letter to make an address of.")
        if slug in named or slug in self._listed:
            raise row.error(column, f"“{name}” would have the address of another, “{slug}”.")
        return slug

    def _refuse_strangers(self) -> None:
        for row in self._same.values():
            if row.text("slug") not in {*self._listed, *self.named}:
                raise row.error("slug", f"“{row.text('slug')}” is no organisation of the files.")


def _key(name: str) -> tuple[str, ...]:
    return tuple(tokens(name))


def _once(seen: dict[str, Row], rows: Sequence[Row]) -> dict[str, Row]:
    """The rows by slug, which none of the files may use twice."""
    for row in rows:
        slug = row.text("slug", required=True)
        if slug in seen:
            raise row.error("slug", f"“{slug}” is already in {seen[slug].file}.")
        seen[slug] = row
    return seen


def _by_name(rows: Sequence[Row]) -> dict[tuple[str, ...], set[str]]:
    by_name: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for row in rows:
        others = row.list("also_known_as") if "also_known_as" in row.cells else []
        for name in filter(None, [row.text("name"), row.text("acronym"), *others]):
            by_name[_key(name)].add(row.text("slug"))
    return dict(by_name)


def _cells(naming: Naming) -> Iterator[tuple[Row, str, str]]:
    for rows, columns in naming:
        for row in rows:
            for column in columns:
                for name in row.list(column):
                    yield row, column, name
