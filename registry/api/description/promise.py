"""What of the description is promised, kept as it was released, and what would break it."""

import json
from pathlib import Path
from typing import Any

from articles.models import Article
from registry.api.description.document import describe
from registry.api.description.parameters import OPEN
from registry.errors import Refused

BROKEN = (
    "This would break what version 1 of the API promises. Restore it, or bring the change with a "
    "new version beside this one (registry/api/guide/stability.md):"
)
RELEASED = Path(__file__).parent / "released.json"
# Words and examples may change; so may the values of lists that grow with the records.
_WORDS = {"description", "summary", "example", "externalDocs", "info", "servers", "tags"}


def promise(document: Any, *, are_names: bool = False) -> Any:
    """The description without its words: addresses, parameters, answers and shapes.

    With `are_names`, the keys name fields, and one of them may well be called “description”.
    """
    if isinstance(document, list):
        return [promise(each) for each in document]
    if not isinstance(document, dict):
        return document
    passed = set() if are_names else _WORDS | ({"enum"} if document.get(OPEN) else set())
    return {
        key: promise(value, are_names=key == "properties" and not are_names)
        for key, value in document.items()
        if key not in passed
    }


def released() -> dict[str, Any]:
    """The promise as it was last released."""
    return json.loads(RELEASED.read_text(encoding="utf-8"))


def written(document: dict[str, Any]) -> str:
    """A promise as the text that is kept."""
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def keep() -> str:
    """Keep what is promised now, after additions; says whether there were any.

    Raises Refused where the promise would be broken, or where there are no records to describe.
    """
    if not Article.objects.spine().exists():
        raise Refused("The reference book is not loaded; do so first: manage.py demo --no-serve.")
    new = promise(describe())
    if RELEASED.exists() and (lost := broken(released(), new)):
        raise Refused(f"{BROKEN}\n" + "\n".join(lost))
    is_new = not RELEASED.exists() or RELEASED.read_text(encoding="utf-8") != written(new)
    RELEASED.write_text(written(new), encoding="utf-8")
    return "Additions were kept." if is_new else "Nothing was added."


def broken(old: Any, new: Any, at: str = "") -> list[str]:
    """What is taken away or narrowed from `old` to `new`, in sentences. Additions break nothing."""
    if isinstance(old, dict) and isinstance(new, dict):
        return [
            *_demanded(old, new, at),
            *(each for name in old for each in _part(name, old[name], new, at)),
        ]
    if isinstance(old, list) and isinstance(new, list):
        return _options(old, new, at)
    return [] if old == new else [f"{at}: {old!r} became {new!r}"]


def _part(name: str, old: Any, new: dict[str, Any], at: str) -> list[str]:
    here = f"{at}/{name}"
    if name in ("minimum", "maximum", "maxLength", "maxItems") and name in new:
        is_wider = new[name] <= old if name == "minimum" else new[name] >= old
        return [] if is_wider else [f"{here}: {old!r} became {new[name]!r}"]
    if name not in new:
        # A bound that falls away lets more through than before.
        return [] if name.startswith(("max", "min")) else [f"{here} was taken away"]
    if name == "required" and isinstance(old, bool):
        return [] if old or not new[name] else [f"{here}: it must be given now"]
    return broken(old, new[name], here)


def _options(old: list[Any], new: list[Any], at: str) -> list[str]:
    if all(isinstance(each, dict) and "name" in each for each in old):
        return _parameters(old, new, at)
    gone = [each for each in old if each not in new]
    lost = [f"{at}: {json.dumps(each, ensure_ascii=False)} was taken away" for each in gone]
    is_null = "null" in new and "null" not in old
    is_null |= {"type": "null"} in new and {"type": "null"} not in old
    return [*lost, *([f"{at}: it may be null now"] if is_null else [])]


def _parameters(old: list[Any], new: list[Any], at: str) -> list[str]:
    known = {each["name"]: each for each in new}
    found: list[str] = []
    for each in old:
        here = f"{at}/{each['name']}"
        now = known.get(each["name"])
        found += broken(each, now, here) if now else [f"{here} was taken away"]
    was = {each["name"] for each in old}
    needed = [name for name, each in known.items() if name not in was and each.get("required")]
    return [*found, *(f"{at}/{name}: it is new and must be given" for name in needed)]


def _demanded(old: dict[str, Any], new: dict[str, Any], at: str) -> list[str]:
    """A type that was one and is several now."""
    before, after = old.get("type"), new.get("type")
    if isinstance(before, str) and isinstance(after, list):
        return [f"{at}: it may be null now"]
    return []
