"""An expected “no”, said to a person in a sentence."""

from typing import Any

from django.core.exceptions import ValidationError


class Refused(Exception):
    """What was asked is understood and not allowed; the message says why and what to do."""


class Stale(Refused):
    """The record changed since it was read: nothing was saved, and both texts are at hand.

    `current` holds the stored values by field, `proposed` what the person wanted to save, and
    `version` the number that a new attempt must start from.
    """

    def __init__(self, message: str, *, current: dict, proposed: dict, version: int) -> None:
        super().__init__(message)
        self.current = current
        self.proposed = proposed
        self.version = version

    def differences(self) -> list[tuple[str, Any, Any]]:
        """The fields that differ: name, what is stored now, what the person wanted."""
        return [
            (name, self.current.get(name), wanted)
            for name, wanted in self.proposed.items()
            if self.current.get(name) != wanted
        ]


class Unfit(Refused):
    """Many changes were asked for at once, and some cannot be made: none was.

    `problems` says which and why: place → field → messages.
    """

    def __init__(self, message: str, problems: dict[int, dict[str, list[str]]]) -> None:
        super().__init__(message)
        self.problems = problems


class Absent(ValidationError):
    """What was sent names a record that is not there, or not public."""


class Gone(Exception):
    """The record was withdrawn: its address answers “gone” for ever."""


class Moved(Gone):
    """The record was joined with another of its noun: its address leads to `key` for ever."""

    def __init__(self, noun: str, key: str) -> None:
        super().__init__(noun, key)
        self.noun, self.key = noun, key


class Misunderstood(Refused):
    """A query that holds names or values nobody here understands; `problems` says which and why."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(" ".join(f"{name}: {why}" for name, why in problems.items()))
        self.problems = problems


class Running(Refused):
    """The same write is being done at this moment; `wait` says after how many seconds to ask."""

    def __init__(self, message: str, *, wait: int) -> None:
        super().__init__(message)
        self.wait = wait


class OtherRequest(Refused):
    """The key of a write was given before, to another one."""


class NoSuchPage(Misunderstood):
    """A cursor or number that looks like one and names no page of this list."""


class Clash(Misunderstood):
    """Parameters that are understood, each for itself, and do not go together."""
