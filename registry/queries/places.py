"""Sets of places that are kept in great number: as bits where they are large, else listed.

To be joined and met they are made bits (`registry.queries.bits`).
"""

from array import array
from bisect import bisect_left

from registry.queries import bits

type Places = int | bytes

# A set that holds one place in so many, or more of them, is kept as bits.
FEW = 64


def kept(places: array, size: int) -> Places:
    """The set of these places, each below `size`, given in order as `array("I")`."""
    return bits.of(places, size) if len(places) * FEW >= size else places.tobytes()


def as_bits(places: Places, size: int) -> int:
    """The set as bits."""
    return places if isinstance(places, int) else bits.of(_listed(places), size)


def with_place(places: Places, place: int) -> Places:
    """The set with a place that was not in it."""
    if isinstance(places, int):
        return places | 1 << place
    listed = _listed(places)
    listed.insert(bisect_left(listed, place), place)
    return listed.tobytes()


def without_place(places: Places, place: int) -> Places:
    """The set without a place that was in it."""
    if isinstance(places, int):
        return places & ~(1 << place)
    listed = _listed(places)
    listed.remove(place)
    return listed.tobytes()


def _listed(places: bytes) -> array:
    listed = array("I")
    listed.frombytes(places)
    return listed
