"""What each process holds of a noun's entries: who has which value, in which order, and says what.

A list, a total, a facet, a search and the matrix are then a few operations on numbers (`bits`)
instead of questions to the database, whose answers take longer the more records there are. What is
held comes from the entries' `terms` and stems, which the change itself wrote, and is brought up to
the public revision by reading the entries changed since. It holds nothing that the entries do not
say.
"""

import threading
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import orjson
from django.db.models import F

from registry.models import Entry
from registry.queries import bits, revision, texts
from registry.queries.orders import Order, ordered, rank_behind
from registry.queries.texts import Texts

# The set of the records that have no value, under each name.
NOTHING = ""
# So many changed entries are put in one by one; more are quicker read anew with all others.
MOST_CHANGES = 500
# A set with more members than this is walked in the list's order, a smaller one is sorted.
MANY = 2000
AT_ONCE = 5000

Sets = dict[str, dict[str, int]]


@dataclass(frozen=True)
class Holding:
    """A noun's entries at one public revision; never changed, but replaced by a newer one.

    Each entry has a place, from 0. `ids` gives the entry's number by place and rises with it,
    `numbers` the record's own; `all` is the set of those that are public; `sets` gives the set of
    those that have a value, by name and value; `texts` knows who says what.
    """

    revision: int
    ids: array
    numbers: list
    all: int
    sets: Sets
    orders: dict[str, Order]
    texts: Texts
    _kept: dict = field(default_factory=dict, compare=False)

    def having(self, name: str, value: str) -> int:
        """The records that have a value, or with NOTHING those that have none."""
        return self.sets.get(name, {}).get(value, 0)

    def counts(self, name: str, among: int) -> dict[str, int]:
        """How many of the records `among` have each value that occurs."""
        found = {value: (has & among).bit_count() for value, has in self.sets.get(name, {}).items()}
        return {value: n for value, n in found.items() if n}

    def of_entries(self, ids: Iterable[int]) -> int:
        """The records whose entries have these numbers; those of other nouns are left out."""
        found = ((bisect_left(self.ids, number), number) for number in ids)
        size = len(self.ids)
        places = (at for at, number in found if at < size and self.ids[at] == number)
        return bits.of(places, size) & self.all

    def kept[Answer](self, of: str, key: Any, ask: Callable[[], Answer], *, most: int) -> Answer:
        """The answer to a question about this holding; the last ones are kept, at most so many."""
        answers = self._kept.setdefault(of, {})
        if (answer := answers.get(key)) is None:
            if len(answers) >= most:
                answers.clear()
            answer = answers[key] = ask()
        return answer

    def up_to(self, order: str, value: Any) -> int:
        """The records that stand before or at this value in an order that falls."""
        places, values = self.orders[order].places, self.orders[order].values
        end = bisect_left(places, True, key=lambda place: values[place] < value)
        return bits.of(places[:end], len(self.ids))

    def of_numbers(self, numbers: Iterable[Any]) -> int:
        """The records with these numbers of their own."""
        known = self.kept("places", "by number", self._places_of_numbers, most=1)
        return bits.of((known[n] for n in numbers if n in known), len(self.ids)) & self.all

    def _places_of_numbers(self) -> dict[Any, int]:
        return {number: place for place, number in enumerate(self.numbers)}

    def stretch(self, order: str, among: int, begin: int, limit: int) -> list[int]:
        """Places of `among` in an order: `limit` of them behind the first `begin`."""
        everything = self.orders[order].places
        if among == self.all:
            return everything[begin : begin + limit].tolist()
        return _first(self._walk(order, among, 0), begin, limit)

    def having_value(self, order: str, value: Any, most: int) -> list[int]:
        """Places of the records that stand in an order with just this value: at most so many."""
        places, values = self.orders[order].places, self.orders[order].values
        begin = bisect_left(places, value, key=values.__getitem__)
        found = (place for place in places[begin : begin + most] if values[place] == value)
        return list(found)

    def behind(self, order: str, among: int, value: Any, number: Any, limit: int) -> list[int]:
        """Places of `among` that follow the record with this value and number."""
        begin = rank_behind(self.orders[order], self.numbers, value, number)
        if among == self.all:
            return self.orders[order].places[begin : begin + limit].tolist()
        return _first(self._walk(order, among, begin), 0, limit)

    def _walk(self, order: str, among: int, begin: int) -> Iterator[int]:
        if among.bit_count() > MANY:
            row = bits.packed(among).ljust(len(self.ids) // 8 + 1, b"\0")
            places = self.orders[order].places
            return (p for p in places[begin:] if row[p >> 3] >> (p & 7) & 1)
        ranks = self.orders[order].ranks
        found = sorted(bits.places(among), key=ranks.__getitem__)
        return (place for place in found if ranks[place] >= begin)


def _first(places: Iterator[int], begin: int, limit: int) -> list[int]:
    found = []
    for at, place in enumerate(places):
        if at >= begin + limit:
            break
        if at >= begin:
            found.append(place)
    return found


_held: dict[str, Holding] = {}
_lock = threading.Lock()


def of(noun: str, orders: Mapping[str, bool]) -> Holding | None:
    """What is held of a noun at the public revision; `orders` says which of its orders fall.

    None inside a transaction that has changed something: only the database knows that, and should
    the change be taken back, nobody else must ever have heard of it.
    """
    if revision.is_open():
        return None
    number = revision.current()
    held = _held.get(noun)
    if held is None or held.revision != number:
        with _lock:
            held = _held[noun] = _brought_up(_held.get(noun), noun, orders, number)
    return held


def _brought_up(
    held: Holding | None, noun: str, orders: Mapping[str, bool], number: int
) -> Holding:
    if held is None or held.revision > number:
        return _read(noun, orders, number)
    if held.revision == number:
        return held
    changed = list(_rows(noun, revision__gt=held.revision)[: MOST_CHANGES + 1])
    if len(changed) > MOST_CHANGES:
        return _read(noun, orders, number)
    try:
        return _with_changes(held, changed, number) if changed else replace(held, revision=number)
    except _OutOfOrder:
        return _read(noun, orders, number)


def _rows(noun: str, **only: Any) -> Any:
    entries = Entry.objects.filter(noun=noun, **only).order_by("pk")
    return entries.values_list("pk", "withdrawn_at", "terms", "title_stems", "text_stems")


def _signs(noun: str) -> texts.Signs:
    """Signs for all stems of a noun's entries, or where these are very many, for the common ones.

    Common among the entries of all nouns: for the others, the database searches them all.
    """
    public = Entry.objects.public()
    if public.filter(noun=noun).count() <= texts.SAMPLE:
        return texts.all_stems()
    sample = public.alias(part=F("pk") % (public.count() // texts.SAMPLE + 1)).filter(part=0)
    stems = sample.values_list("title_stems", "text_stems")
    return texts.common_stems(map(" ".join, stems.iterator(chunk_size=AT_ONCE)))


def _read(noun: str, orders: Mapping[str, bool], number: int) -> Holding:
    """All public entries of a noun, read from the beginning."""
    ids, numbers = array("Q"), []
    having: dict[str, dict[str, list[int]]] = {}
    values: dict[str, list] = {name: [] for name in orders}
    reading = texts.Reading(_signs(noun))
    rows = _rows(noun, withdrawn_at=None).iterator(chunk_size=AT_ONCE)
    for pk, _gone, terms, title, text in rows:
        reading.add(title, text)
        said = orjson.loads(terms)
        place = len(ids)
        ids.append(pk)
        numbers.append(said["number"])
        for name, found in said["has"].items():
            sets = having.setdefault(name, {})
            for value in found or (NOTHING,):
                sets.setdefault(value, []).append(place)
        for name in orders:
            values[name].append(said["order"][name])
    size = len(ids)
    return Holding(
        revision=number,
        ids=ids,
        numbers=numbers,
        all=(1 << size) - 1,
        sets={n: {v: bits.of(at, size) for v, at in s.items()} for n, s in having.items()},
        orders={n: ordered(falling, values[n], numbers) for n, falling in orders.items()},
        texts=reading.finished(),
    )


def _with_changes(held: Holding, rows: list[tuple], number: int) -> Holding:
    """A new holding in which the changed entries stand as they are now."""
    draft = _Draft(held)
    for pk, gone, terms, title, text in rows:
        draft.take_out(pk)
        if gone is None:
            place = draft.put_in(pk, orjson.loads(terms))
            draft.texts.put_in(place, title, text)
    return draft.finished(number)


class _Draft:
    """A copy of a holding while entries are taken out and put in."""

    def __init__(self, held: Holding) -> None:
        self.ids, self.numbers, self.all = held.ids[:], held.numbers[:], held.all
        self.sets = {name: dict(sets) for name, sets in held.sets.items()}
        self.orders = {
            name: Order(order.is_falling, order.places[:], order.values[:])
            for name, order in held.orders.items()
        }
        self.texts = texts.Changing(held.texts)

    def take_out(self, pk: int) -> None:
        """Forget an entry, if it is held."""
        place = bisect_left(self.ids, pk)
        if place == len(self.ids) or self.ids[place] != pk or not self.all >> place & 1:
            return
        others = ~(1 << place)
        self.all &= others
        for sets in self.sets.values():
            for value, has in sets.items():
                sets[value] = has & others
        for order in self.orders.values():
            order.places.remove(place)
        self.texts.take_out(place)

    def put_in(self, pk: int, said: dict) -> int:
        """Hold an entry that is not held; returns its place."""
        place = self._place(pk)
        one = 1 << place
        self.all |= one
        self.numbers[place] = said["number"]
        for name, found in said["has"].items():
            sets = self.sets.setdefault(name, {})
            for value in found or (NOTHING,):
                sets[value] = sets.get(value, 0) | one
        for name, order in self.orders.items():
            order.values[place] = said["order"][name]
            rank = rank_behind(order, self.numbers, order.values[place], said["number"])
            order.places.insert(rank, place)
        return place

    def _place(self, pk: int) -> int:
        place = bisect_left(self.ids, pk)
        if place == len(self.ids) or self.ids[place] != pk:
            if place < len(self.ids):
                # Numbers are given in rising order, but an older one may be committed later.
                raise _OutOfOrder
            self.ids.append(pk)
            self.numbers.append(None)
            for order in self.orders.values():
                order.values.append(None)
        return place

    def finished(self, number: int) -> Holding:
        """The holding as it now is."""
        said = self.texts.finished()
        return Holding(number, self.ids, self.numbers, self.all, self.sets, self.orders, said)


class _OutOfOrder(Exception):
    """An entry has a smaller number than one already held: everything is read again."""
