"""Full text on both databases; the only place that asks which database it is."""

from django.db import DatabaseError, connection
from django.db.models import Case, F, FloatField, Func, Q, QuerySet, Value, When
from django.db.models.fields import BooleanField

from registry.models import Entry
from registry.words import Phrase, Query

# A word in the title says more about a record than one in its text.
TITLE_WEIGHT = 8.0
# What stands in the title, and in the text, within PostgreSQL's vector.
TITLE, TEXT = "A", "D"
_WEIGHTS = [1 / TITLE_WEIGHT, 0.2, 0.4, 1.0]


class Match(Func):
    """True where an entry meets a query. Give it F("id") and the words.Query."""

    output_field = BooleanField()
    conditional = True

    def __init__(self, entry_id: F, query: Query) -> None:
        self.query = query
        super().__init__(entry_id)

    def as_sqlite(self, compiler, connection, **extra):  # noqa: ANN001, ANN201 — Django's signature
        """Through the FTS5 table."""
        sql, params = compiler.compile(self.source_expressions[0])
        inner = "SELECT rowid FROM registry_entry_index WHERE registry_entry_index MATCH %s"
        return f"{sql} IN ({inner})", [*params, _fts5(self.query)]

    def as_postgresql(self, compiler, connection, **extra):  # noqa: ANN001, ANN201
        """On the stored vector."""
        return f"{_alias(self, connection)}.document @@ %s::tsquery", [_tsquery(self.query)]


class Rank(Func):
    """How well an entry meets a query; larger is better."""

    output_field = FloatField()

    def __init__(self, entry_id: F, query: Query) -> None:
        self.query = query
        super().__init__(entry_id)

    def as_sqlite(self, compiler, connection, **extra):  # noqa: ANN001, ANN201
        """BM25 of FTS5, which gives better matches smaller numbers."""
        sql, params = compiler.compile(self.source_expressions[0])
        # All ranks at once: bm25 weighs the whole index each time, too slow to ask for each row.
        inner = (
            "WITH found AS MATERIALIZED ("
            f"SELECT rowid AS id, -bm25(registry_entry_index, {TITLE_WEIGHT}, 1.0) AS rank"
            " FROM registry_entry_index WHERE registry_entry_index MATCH %s"
            f") SELECT found.rank FROM found WHERE found.id = {sql}"
        )
        return f"({inner})", [_fts5(self.query), *params]

    def as_postgresql(self, compiler, connection, **extra):  # noqa: ANN001, ANN201
        """Frequency on the stored vector; divided by length, so that short texts can win."""
        document = f"{_alias(self, connection)}.document"
        return f"ts_rank(%s, {document}, %s::tsquery, 1)", [_WEIGHTS, _tsquery(self.query)]


def _alias(expression: Func, connection) -> str:  # noqa: ANN001
    return connection.ops.quote_name(expression.source_expressions[0].alias)


def _fts5(query: Query) -> str:
    # Stems hold letters and digits only, so quoting them is all the escaping there is to do.
    groups = (" OR ".join(f'"{" ".join(p)}"' for p in sorted(group)) for group in query.groups)
    return f" {'OR' if query.any else 'AND'} ".join(f"({group})" for group in groups)


def _tsquery(query: Query) -> str:
    groups = (" | ".join(map(_anywhere, sorted(group))) for group in query.groups)
    return (" | " if query.any else " & ").join(f"({group})" for group in groups)


def _anywhere(phrase: Phrase) -> str:
    if len(phrase) == 1:
        # Without a weight, which the index does not know: it would read every vector.
        return f"'{phrase[0]}'"
    # The last word of the title and the first of the text are neighbours in the vector.
    return f"{_together(phrase, TITLE)} | {_together(phrase, TEXT)}"


def _together(phrase: Phrase, weight: str) -> str:
    return "(" + " <-> ".join(f"'{stem}':{weight}" for stem in phrase) + ")"


def matching(query: Query, noun: str = "") -> QuerySet[Entry]:
    """The public entries that meet a query, of one noun or of all."""
    called = query.titled | query.named
    met = Q(Match(F("id"), query)) | Q(pk__in=called) if called else Q(Match(F("id"), query))
    entries = Entry.objects.public().filter(met)
    return entries.filter(noun=noun) if noun else entries


def numbers(phrase: Phrase, *, in_title: bool) -> list[int]:
    """The numbers of the entries that have a phrase in their title, or in their text."""
    if connection.vendor == "sqlite":
        column = "title_stems" if in_title else "text_stems"
        sql = "SELECT rowid FROM registry_entry_index WHERE registry_entry_index MATCH %s"
        asked = f'{column} : "{" ".join(phrase)}"'
    else:
        sql = "SELECT id FROM registry_entry WHERE document @@ %s::tsquery"
        asked = _together(phrase, TITLE if in_title else TEXT)
    with connection.cursor() as cursor:
        cursor.execute(sql, [asked])
        return [row[0] for row in cursor.fetchall()]


class All(tuple):
    """All of these stand in a record: stems, or sets of them."""


class Some(tuple):
    """One of these, at least, stands in a record."""


type Wanted = str | All | Some


def some_with(wanted: Wanted, noun: str, most: int) -> list[tuple[int, str, str]]:
    """Some entries of a noun in which these stems stand: number, stems of the title, terms.

    Nothing is ranked, so that of very many only the first have to be looked at.
    """
    if connection.vendor == "sqlite":
        asked = _written(wanted, '"', " AND ", " OR ")
        found = "id IN (SELECT rowid FROM registry_entry_index WHERE registry_entry_index MATCH %s)"
    else:
        asked, found = _written(wanted, "'", " & ", " | "), "document @@ %s::tsquery"
    sql = "SELECT id, title_stems, terms FROM registry_entry WHERE"
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} {found} AND noun = %s LIMIT %s", [asked, noun, most])
        return cursor.fetchall()


def _written(wanted: Wanted, quote: str, both: str, either: str) -> str:
    if isinstance(wanted, str):
        return f"{quote}{wanted}{quote}"
    parts = [_written(part, quote, both, either) for part in wanted]
    joined = (both if isinstance(wanted, All) else either).join(parts)
    return f"({joined})" if len(parts) > 1 else joined


def ranked(query: Query, noun: str = "") -> QuerySet[Entry]:
    """The same, best first, before them what the query calls by name; equals in a fixed order."""
    found = matching(query, noun).annotate(rank=Rank(F("id"), query))
    called = Case(
        When(pk__in=query.titled, then=Value(0)),
        When(pk__in=query.named, then=Value(1)),
        default=Value(2),
    )
    return found.order_by(called, F("rank").desc(nulls_last=True), "noun", "key")


def index_is_sound() -> bool:
    """Whether the search index agrees with the entries; PostgreSQL computes it from them itself."""
    if connection.vendor != "sqlite":
        return True
    try:
        _command("(registry_entry_index, rank) VALUES ('integrity-check', 1)")
    except DatabaseError:
        return False
    return True


def rebuild_index() -> None:
    """Build the search index from the entries again."""
    if connection.vendor == "sqlite":
        _command("(registry_entry_index) VALUES ('rebuild')")


def _command(words: str) -> None:
    # FTS5 takes its commands as insertions into itself.
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO registry_entry_index{words}")
