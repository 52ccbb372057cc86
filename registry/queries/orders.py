"""The orders in which a process holds the records of a noun."""

from array import array
from dataclasses import dataclass
from functools import cached_property
from typing import Any


@dataclass(frozen=True)
class Order:
    """One order of a list: the places of its records, first to last, and what they are sorted by.

    `values` holds a value for each place; equals follow the number of the record.
    """

    is_falling: bool
    places: array
    values: list

    @cached_property
    def ranks(self) -> array:
        """Where each place stands in the order."""
        ranks = array("I", bytes(4 * len(self.values)))
        for rank, place in enumerate(self.places):
            ranks[place] = rank
        return ranks


def ordered(is_falling: bool, values: list, numbers: list) -> Order:
    """The order of records with these values and numbers, by place."""
    places = sorted(range(len(values)), key=numbers.__getitem__)
    places.sort(key=values.__getitem__, reverse=is_falling)
    return Order(is_falling, array("I", places), values)


def rank_behind(order: Order, numbers: list, value: Any, number: Any) -> int:
    """How many records come before this value and number, or are there."""
    low, high = 0, len(order.places)
    while low < high:
        middle = (low + high) // 2
        place = order.places[middle]
        mine = order.values[place]
        if mine == value:
            is_behind = numbers[place] > number
        else:
            is_behind = (mine < value) if order.is_falling else (mine > value)
        low, high = (low, middle) if is_behind else (middle + 1, high)
    return low
