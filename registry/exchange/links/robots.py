"""What a host's robots.txt lets us visit (RFC 9309). Pure."""

import re
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote_to_bytes

# A robots.txt need not be read further than this (RFC 9309, 2.5).
MOST_READ = 512_000
MOST_RULES = 5000
_NUMBER = re.compile(r"[0-9]{1,4}(\.[0-9]+)?")


@dataclass(frozen=True)
class Rule:
    """A pattern of paths that may or may not be visited; the longest that fits decides."""

    may: bool
    path: str

    @cached_property
    def _pattern(self) -> re.Pattern[bytes]:
        ends = self.path.endswith("$")
        parts = self.path.removesuffix("$").split("*")
        # Each part as early as it stands, and never looked for again: no pattern takes long.
        pieces = [re.escape(unquote_to_bytes(part)) for part in parts]
        first, rest = pieces[0], [b"(?>.*?" + piece + b")" for piece in pieces[1:-1]]
        last = [b".*" + pieces[-1] if ends else b".*?" + pieces[-1]] if len(pieces) > 1 else []
        return re.compile(b"".join([first, *rest, *last]) + (rb"\Z" if ends else b""), re.DOTALL)

    def fits(self, path: str) -> bool:
        """Whether the pattern is about this path."""
        return bool(self._pattern.match(unquote_to_bytes(path)))


@dataclass(frozen=True)
class Robots:
    """The rules for us, and the pause in seconds that we are asked for."""

    rules: tuple[Rule, ...] = ()
    pause: float = 0.0

    def may_visit(self, path: str) -> bool:
        """Whether this path may be visited. Of rules of one length, that which allows holds."""
        fitting = [rule for rule in self.rules if rule.fits(path)]
        return max(fitting, key=lambda rule: (len(rule.path), rule.may)).may if fitting else True


NO_RULES = Robots()


def read(text: str, name: str) -> Robots:
    """The rules in a robots.txt for a program of this name; those for all where it has none."""
    groups = _groups(text)
    mine = [lines for agents, lines in groups if name.lower() in agents]
    return _robots(mine or [lines for agents, lines in groups if "*" in agents])


type _Line = tuple[str, str]


def _groups(text: str) -> list[tuple[set[str], list[_Line]]]:
    """The groups of a robots.txt: whom each is for, and its lines."""
    groups: list[tuple[set[str], list[_Line]]] = []
    for line in text.splitlines()[:MOST_RULES]:
        name, colon, value = line.partition("#")[0].partition(":")
        name, value = name.strip().lower(), value.strip()
        if not colon:
            continue
        if name == "user-agent":
            if not groups or groups[-1][1]:
                groups.append((set(), []))
            # “Name/1.2” is the name.
            groups[-1][0].add(value.lower().partition("/")[0])
        elif groups and name in ("allow", "disallow", "crawl-delay"):
            groups[-1][1].append((name, value))
    return groups


def _robots(groups: list[list[_Line]]) -> Robots:
    lines = [line for group in groups for line in group]
    # An empty one forbids nothing.
    told = [(n == "allow", v) for n, v in lines if n != "crawl-delay" and v[:1] in ("/", "*")]
    pauses = [float(v) for n, v in lines if n == "crawl-delay" and _NUMBER.fullmatch(v)]
    return Robots(tuple(Rule(may, path) for may, path in told), max(pauses, default=0.0))
