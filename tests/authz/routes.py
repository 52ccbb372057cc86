"""All routes that the site answers, by method."""

from collections.abc import Callable, Iterator

from django.urls import URLResolver, get_resolver

# Of those without a list of their own, all methods are the same.
ANY = "ANY"
_CHECKED = ("get", "post", "put", "patch", "delete")
type Route = tuple[str, str, str]


def every_route() -> list[Route]:
    """Pattern, name and method of all that the resolver finds, included resolvers followed."""
    return sorted(set(_below(get_resolver())))


def _below(resolver: URLResolver, path: str = "", space: str = "") -> Iterator[Route]:
    for each in resolver.url_patterns:
        here = path + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from _below(each, here, space + f"{each.namespace}:" * bool(each.namespace))
        else:
            for method in methods_of(each.callback):
                yield here, space + (each.name or ""), method


def methods_of(view: Callable) -> list[str]:
    """What a view answers to, but for HEAD and OPTIONS: by its class or its decorators."""
    kind = getattr(view, "view_class", None) or getattr(view, "cls", None)
    if kind:
        return [name.upper() for name in _CHECKED if hasattr(kind, name)]
    while view:
        named = getattr(view, "__code__", None)
        if named and "request_method_list" in named.co_freevars:
            held = view.__closure__[named.co_freevars.index("request_method_list")]
            return [each for each in held.cell_contents if each != "HEAD"]
        view = getattr(view, "__wrapped__", None)
    return [ANY]
