"""What a snapshot says of itself to people: how to cite it, what is in it, how it was made."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from registry.queries import quotable

if TYPE_CHECKING:
    from registry.exchange.snapshots import Told


def citation(title: str, day: str, revision: int, address: str) -> str:
    """How a snapshot is cited."""
    return (
        f"Registry of the UNEP Global Mercury Partnership: {title}. Snapshot of {day}, "
        f"revision {revision}. {address}"
    )


def note(
    told: "Told",
    counts: dict[str, int],
    left_out: list[dict[str, Any]],
    statistics: list[quotable.Statistic],
) -> str:
    """The note on method, in English."""
    return "\n".join(_lines(told, counts, left_out, statistics)) + "\n"


def _lines(told, counts, left_out, statistics) -> Iterator[str]:
    yield told.title
    yield "=" * len(told.title)
    yield ""
    yield citation(told.title, told.taken_on.isoformat(), told.revision, told.address)
    yield ""
    yield "What it is about"
    yield f"  years: {told.scope.first or 'from the first'} to {told.scope.last or 'the last'}"
    yield f"  areas: {', '.join(told.scope.areas) or 'all'}"
    yield f"  articles: {', '.join(map(str, told.scope.articles)) or 'all'}"
    yield ""
    yield "How many records"
    for name, count in counts.items():
        yield f"  {name}: {count}"
    yield ""
    yield "What is left out"
    for each in left_out:
        yield f"  {each['what']}: {each['count']}"
    if not left_out:
        yield "  nothing"
    yield ""
    yield "How the numbers were made"
    for each in statistics:
        yield f"  {each.title}. {each.method}"
    yield ""
    yield "What is in this file"
    yield "  records/: all public records of that day, one a line"
    yield "  tables/: the records that the snapshot is about"
    yield "  statistics.json: the numbers, each with its method and what is left out"
    yield "  look-alikes.json: groups of activities that were counted once"
    yield "  manifest.json: the size and the SHA-256 of each part"
    yield ""
    yield "All of it can be made again from records/ and look-alikes.json alone:"
    yield "  manage.py snapshot --again FILE"
