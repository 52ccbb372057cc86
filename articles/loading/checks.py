"""What the parts of articles.json must agree on."""

from articles.loading.documents import Node
from articles.models import SPINE
from articles.references import LAST_ARTICLE, Reference


def distinct(nodes: list[Node], key: str) -> list[Node]:
    """`nodes`, once it is sure that no two have the same `key`."""
    seen: dict[str, str] = {}
    for node in nodes:
        value = str(node.members.get(key))
        if value in seen:
            raise node.error(key, f"“{value}” is already in {seen[value]}.")
        seen[value] = node.path
    return nodes


def check_numbers(book: Node, articles: list[Node], others: list[Node]) -> None:
    """The spine is complete, so is the list of all articles, and the two agree on the titles."""
    for name, nodes, numbers in [
        ("articles", articles, SPINE),
        ("other_articles", others, range(1, LAST_ARTICLE + 1)),
    ]:
        found = {node.whole_number("number") for node in distinct(nodes, "number")}
        if found != set(numbers):
            raise book.error(name, f"does not hold articles {numbers[0]} to {numbers[-1]}.")
    titles = {node.whole_number("number"): node.text("title") for node in others}
    for node in articles:
        title, listed = node.node("title").text("en"), titles[node.whole_number("number")]
        if title != listed:
            raise node.error("title", f"“{title}” is “{listed}” in other_articles.")


def check_annexes(articles: list[Node], annexes: list[Node]) -> None:
    """The articles of the spine and the annexes name each other."""
    naming = {
        annex.text("code"): annex.list("articles", int) for annex in distinct(annexes, "code")
    }
    for annex in annexes:
        for number in naming[annex.text("code")]:
            if not 1 <= number <= LAST_ARTICLE:
                raise annex.error("articles", f"the Convention has no Article {number}.")
    for article in articles:
        number = article.whole_number("number")
        codes = {code for code, numbers in naming.items() if number in numbers}
        if wrong := sorted(codes ^ set(article.list("related_annexes"))):
            reason = f"Article {number} and Annex {wrong[0]} do not both name each other."
            raise article.error("related_annexes", reason)


def check_paragraph(provision: Node, article: int | None) -> None:
    """The paragraph of a provision is written as in 7.3(a), and belongs to its article."""
    text = provision.text("paragraph")
    try:
        reference = Reference.parse(text)
    except ValueError as wrong:
        raise provision.error("paragraph", str(wrong)) from None
    if reference.article != article or reference.short != text or not reference.paragraph:
        raise provision.error("paragraph", f"“{text}” is not a paragraph of Article {article}.")
