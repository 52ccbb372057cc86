"""Operations of the API: what may be asked at each address, and what comes back."""

from collections.abc import Callable
from typing import Any

from django.urls import NoReverseMatch, URLPattern, reverse

from registry.api import overviews, views
from registry.api.description import answers, narrowing
from registry.api.description.parameters import Lists, of_format, of_list, parameter
from registry.api.description.schemas import reference
from registry.api.formats import Problem
from registry.models import Entry, joins
from registry.queries import bodies, meaning
from registry.queries.representation import read_body

Operation = dict[str, Any]
# A page for people, and no part of what is promised to programs.
PAGES = ("docs", "try")


def operation(pattern: URLPattern, lists: Lists) -> Operation:
    """The operation at an address. Raises StopIteration for a view that is described nowhere."""
    view = pattern.callback.view_class
    described = next(_DESCRIBED[b.__name__] for b in view.__mro__ if b.__name__ in _DESCRIBED)
    return described(pattern, view, lists)


def representations(view: type) -> dict[str, str]:
    """What `format` may be at a view, and the media type of each."""
    found = view().get_renderers()
    return {each.format: each.media_type for each in found if not isinstance(each, Problem)}


def _operation(name: str, tag: str, summary: str, says: str, **more: Any) -> Operation:
    return {"operationId": name, "tags": [tag], "summary": summary, "description": says, **more}


def plural(pattern: URLPattern) -> str:
    """The noun in its address: activities."""
    return str(pattern.pattern).partition("/")[0]


def _list(pattern: URLPattern, view: type[views.ListView], lists: Lists) -> Operation:
    noun, name = view.of.noun, plural(pattern)
    schema = reference(f"{meaning.component(noun)}List")
    return _operation(
        f"list_{name}",
        name,
        f"List {name}",
        _LIST_SAYS + (_FEED % name if _has_feed(noun) else ""),
        parameters=of_list(view.of, lists, list(representations(view))),
        responses=answers.all_of(
            answers.found("A page of the list.", _in_all(view, schema), _to_record(noun, name)),
            "404",
            "409",
        ),
    )


_LIST_SAYS = (
    "A page of records, chosen by filters that narrow each other. Follow `next` to the end. "
    "Every `format` but `json` is a file of the whole list, and refuses the parameters of a page."
)
_FEED = " Newest changes under the same filters, as an Atom feed: `/%s/feed/` of the site."


def _has_feed(noun: str) -> bool:
    # A feed is an address of the site, which this floor knows by name only.
    try:
        return bool(reverse(f"{noun}-feed"))
    except NoReverseMatch:
        return False


def _in_all(view: type, schema: dict[str, Any]) -> dict[str, Any]:
    """The answer's schema in JSON; other representations carry the same records."""
    others = {kind: {"schema": _of_file(kind)} for kind in representations(view).values()}
    return others | answers.as_json(schema)


def _of_file(media_type: str) -> dict[str, Any]:
    if media_type.endswith("+json"):
        return {"type": "object", "description": "A feature collection (RFC 7946)."}
    is_text = media_type.startswith("text/") or media_type.endswith("ndjson")
    # Bytes have no schema.
    return {"type": "string"} if is_text else {}


def _to_record(noun: str, name: str) -> dict[str, Any]:
    # The first record is enough to show the way.
    code = "$response.body#/results/0/" + bodies.NOUNS[noun].key
    target = {"operationId": f"get_{name}", "parameters": {"key": code}}
    return {"record": target | {"description": "Each result by its code."}}


def _record(pattern: URLPattern, view: type[views.RecordView], lists: Lists) -> Operation:
    noun, name = view.noun, plural(pattern)
    example = Entry.objects.public().filter(noun=noun).order_by("key").first()
    shown = {"example": read_body(example.body)} if example else {}
    schema = reference(meaning.component(noun))
    found = answers.found("The record.", answers.as_json(schema, **shown))
    moves = answers.moved() if noun in joins.NOUNS else {}
    return _operation(
        f"get_{name}",
        name,
        f"One record of {name}",
        f"{meaning.NOUNS[noun][0]} The same record as in the list, by its code.",
        parameters=[_key(noun, example), of_format(list(representations(view)))],
        responses=dict(sorted((answers.all_of(found, "404", "410") | moves).items())),
    )


def _key(noun: str, example: Entry | None) -> dict[str, Any]:
    column = bodies.NOUNS[noun].key
    shape = {k: v for k, v in meaning.NOUNS[noun][1][column].items() if k != "description"}
    if column == "slug":
        shape["maxLength"] = 100
    if column == "code":
        shape |= {"pattern": "^[A-Za-z]{2}$"}
    found = {"name": "key", "in": "path", "required": True, "schema": shape}
    found["description"] = f"The `{column}` of the record."
    if example:
        found["example"] = read_body(example.body)[column]
    return found


def _overview(
    name: str, view: type, schema: str, summary: str, says: str, *own: Any, links: Any = None
) -> Operation:
    found = answers.found(summary + ".", answers.as_json(reference(schema)), links)
    return _operation(
        name,
        "overviews",
        summary,
        says,
        parameters=[*own, of_format(list(representations(view)))],
        responses=answers.all_of(found),
    )


def _index(pattern: URLPattern, view: type, lists: Lists) -> Operation:
    return _overview("index", view, "Index", "What there is", "The address of every list.")


def _statistics(pattern: URLPattern, view: type, lists: Lists) -> Operation:
    says = "Every figure of the start page: totals, the area × article matrix, distributions."
    return _overview("statistics", view, "Statistics", "Every figure", says)


def _matrix(pattern: URLPattern, view: type, lists: Lists) -> Operation:
    says = (
        "Areas by articles, cell by cell, each number with the address of the list that proves it. "
        "Guidance has no country, and is left out where one is asked for."
    )
    return _of_figure("matrix", view, "The matrix", says, *narrowing.of_matrix(lists))


def _figure(pattern: URLPattern, view: type, lists: Lists) -> Operation:
    says = "Line by line: each number with the address of the list that proves it. No filters."
    return _of_figure("figure", view, "One figure", says, narrowing.which_figure())


def _of_figure(name: str, view: type, summary: str, says: str, *own: Any) -> Operation:
    found = answers.found("The figure.", _in_all(view, reference("Figure")))
    return _operation(
        name,
        "overviews",
        summary,
        says,
        parameters=[*own, of_format(list(representations(view)))],
        responses=answers.all_of(found, "404"),
    )


def _token(pattern: URLPattern, view: type, lists: Lists) -> Operation:
    says = "What the key that asks may do, and how long. Good for trying whether a key works."
    found = _overview("token", view, "Token", "The key that asks", says)
    return found | {"security": [{"key": []}]}


def _openapi(pattern: URLPattern, view: type, lists: Lists) -> Operation:
    says = "This description, in OpenAPI 3.1. It names today's values of lists that grow."
    return _overview("openapi", view, "OpenApi", "The description of the API", says)


_NOUN = {"type": "string", "enum": list(bodies.NOUNS)}


def _whole(least: int, most: int, usual: int) -> dict[str, Any]:
    return {"type": "integer", "minimum": least, "maximum": most, "default": usual}


def _search(pattern: URLPattern, view: type, lists: Lists) -> Operation:
    # A letter at least: blanks find nothing, and are refused.
    words = {"type": "string", "pattern": r"^[^\u0000]*[^\s\u0000][^\u0000]*$"}
    return _overview(
        "search",
        view,
        "SearchResults",
        "Search over everything",
        "Records of every noun that have all the words, in any of the six UN languages, best "
        "match first. Where no record has all of them, those that have any.",
        parameter("q", words, "The words.", required=True, example="mercury thermometers"),
        parameter("noun", _NOUN, "Only records of this noun."),
        parameter("limit", _whole(1, 100, 20), "Records on a page."),
        parameter("offset", _whole(0, overviews.FARTHEST, 0), "Records to pass over."),
    )


def _changes(pattern: URLPattern, view: type, lists: Lists) -> Operation:
    again = {
        "operationId": "changes",
        "parameters": {"since": "$response.body#/revision"},
        "description": "What changes from now on.",
    }
    return _overview(
        "changes",
        view,
        "Changes",
        "What changed",
        "Records that were created, changed or withdrawn behind a revision, each once, as it is "
        "now. Follow `next` to the end, keep `revision`, ask from it next time.",
        parameter("since", _whole(0, 2**62, 0), "Only what is behind this revision."),
        parameter("after", _whole(0, 2**62, 0), "Goes on within a revision; `next` gives it."),
        parameter("noun", _NOUN, "Only records of this noun."),
        parameter("limit", _whole(1, 1000, 100), "Records on a page."),
        links={"since": again},
    )


# By name: the view of this description imports it.
_DESCRIBED: dict[str, Callable[[URLPattern, type, Lists], Operation]] = {
    "ListView": _list,
    "RecordView": _record,
    "IndexView": _index,
    "SearchView": _search,
    "StatisticsView": _statistics,
    "MatrixView": _matrix,
    "FigureView": _figure,
    "ChangesView": _changes,
    "OpenApiView": _openapi,
    "TokenView": _token,
}
