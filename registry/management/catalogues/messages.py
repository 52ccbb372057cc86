"""Finds every string that is marked for translation: in Python, in templates, in data.

Templates are parsed by Django itself, so what is found is exactly what will be looked up.
"""

import ast
import csv
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.template import Engine, engines
from django.template.base import Variable
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.utils.functional import Promise
from django.utils.translation import trim_whitespace

CODE = ("articles", "partnership", "registry")
# Columns of data that are the same few words in many rows, and names that every page shows.
COLUMNS = {
    "registry/data/areas.csv": ("name", "short_name", "description", "objective"),
    "articles/data/countries.csv": (
        "m49_region",
        "m49_subregion",
        "m49_intermediate_region",
        "un_regional_group",
    ),
}
ARTICLES = "articles/data/articles.json"
_CALLS = {
    "gettext": (0,),
    "gettext_lazy": (0,),
    "gettext_noop": (0,),
    "ngettext": (0, 1),
    "ngettext_lazy": (0, 1),
    "pgettext": (1,),
    "pgettext_lazy": (1,),
}


class Message(NamedTuple):
    """A string as it is looked up; `plural` is blank where it does not depend on a number."""

    text: str
    plural: str = ""
    context: str = ""


def found() -> dict[Message, list[str]]:
    """All strings, in the order of the places where they stand: files from the project's root."""
    places: dict[Message, list[str]] = defaultdict(list)
    for path, messages in _by_file():
        for message in messages:
            if message.text.strip() and path not in places[message]:
                places[message].append(path)
    return _joined(places)


def _joined(places: dict[Message, list[str]]) -> dict[Message, list[str]]:
    # A catalogue holds a text once: with its plural, if anybody asks for one.
    plural = {(each.text, each.context): each for each in places if each.plural}
    joined: dict[Message, list[str]] = {}
    for message, paths in places.items():
        whole = plural.get((message.text, message.context), message)
        kept = joined.setdefault(whole, [])
        kept.extend(path for path in paths if path not in kept)
    return joined


def _by_file() -> Iterator[tuple[str, Iterable[Message]]]:
    root = settings.BASE_DIR
    for file in sorted((root / "templates").rglob("*.*")):
        yield _name(file), in_template(file.read_text())
    for folder in CODE:
        for file in sorted((root / folder).rglob("*.py")):
            if "migrations" not in file.parts:
                yield _name(file), in_python(file.read_text())
    for path, columns in COLUMNS.items():
        yield path, _in_table(root / path, columns)
    yield ARTICLES, _in_articles(json.loads((root / ARTICLES).read_text()))


def _name(file: Path) -> str:
    return file.relative_to(settings.BASE_DIR).as_posix()


def in_python(source: str) -> list[Message]:
    """The strings that calls of Django's translation functions name, by whatever alias."""
    tree = ast.parse(source)
    names = {
        alias.asname or alias.name: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if alias.name in _CALLS
    }
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    calls.sort(key=lambda call: (call.lineno, call.col_offset))
    called = ((names.get(getattr(call.func, "id", "")), call.args) for call in calls)
    messages = (_of_call(name, args) for name, args in called if name)
    return [message for message in messages if message]


def _of_call(name: str, args: list[ast.expr]) -> Message | None:
    values = [arg.value if isinstance(arg, ast.Constant) else None for arg in args]
    texts = [values[at] for at in _CALLS[name]]
    if not all(isinstance(text, str) for text in texts):
        return None
    context = values[0] if name.startswith("pgettext") else ""
    return Message(texts[0], texts[1] if len(texts) > 1 else "", context)


def in_template(source: str) -> list[Message]:
    """The strings of translate and blocktranslate tags, and of `_("…")` in any expression."""
    engine: Engine = engines["django"].engine
    template = engine.from_string(source)
    return list(_in_node(template.nodelist, {}))


def _in_node(node: Any, seen: dict[int, Any]) -> Iterator[Message]:
    if id(node) in seen:
        return
    # Kept, so that no other object gets its number meanwhile.
    seen[id(node)] = node
    if isinstance(node, BlockTranslateNode):
        yield _of_block(node)
    elif isinstance(node, TranslateNode):
        # It marks its variable only when it is shown.
        node.filter_expression.var.translate = not node.noop
    elif isinstance(node, Variable) and node.translate and isinstance(node.literal, str):
        # As a variable looks itself up.
        yield Message(str(node.literal).replace("%", "%%"))
    elif isinstance(node, Promise):
        # The argument of a filter is looked up when it is shown, but made when it is read.
        yield Message(str(node._args[0]))
    for part in _parts(node):
        yield from _in_node(part, seen)


def _parts(node: Any) -> Iterable[Any]:
    if isinstance(node, list | tuple):
        return node
    if isinstance(node, dict):
        return node.values()
    if not type(node).__module__.startswith(("django.template", "django.templatetags", "registry")):
        return ()
    # Django keeps what is made for every expression in slots.
    names = {*getattr(node, "__dict__", ()), *getattr(node, "__slots__", ())}
    return [getattr(node, name, None) for name in sorted(names - {"token", "origin", "__dict__"})]


def _of_block(node: BlockTranslateNode) -> Message:
    context = str(node.message_context.var) if node.message_context else ""
    singular, _variables = node.render_token_list(node.singular)
    plural = node.render_token_list(node.plural)[0] if node.plural else ""
    return Message(_shown(node, singular), _shown(node, plural), context)


def _shown(node: BlockTranslateNode, text: str) -> str:
    # What the tag itself does before it looks a text up.
    return trim_whitespace(text) if node.trimmed else text


def _in_table(file: Path, columns: Iterable[str]) -> list[Message]:
    with file.open(newline="") as rows:
        return [Message(row[column]) for row in csv.DictReader(rows) for column in columns]


def _in_articles(book: dict[str, Any]) -> Iterator[Message]:
    for article in book["articles"]:
        yield Message(article["summary"])
        for each in article["provisions"]:
            yield from (Message(each["summary"]), Message(each["deadline"] or ""))
        for phase in ("interim_contribution", "post_entry_contribution"):
            yield Message((article[phase] or {}).get("text", ""))
