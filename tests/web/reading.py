"""Reads pages as a browser would, as far as the tests need it."""

from html.parser import HTMLParser

# Elements that have no end tag.
VOID = {"base", "br", "hr", "img", "input", "link", "meta", "wbr"}
# Elements that stand beside their text, not within it.
BLOCKS = {"dd", "div", "dt", "h1", "h2", "h3", "li", "main", "option", "p", "summary", "td", "th"}
FIELDS = {"input", "select", "textarea"}
WITHOUT_LABEL = {"hidden", "submit"}


class Page(HTMLParser):
    """The parts of a page that rules are about."""

    def __init__(self, response) -> None:
        super().__init__(convert_charrefs=True)
        self.links, self.resources, self.inline, self.headings = [], [], [], []
        # Said of the page, but not loaded with it: its feed, and itself in other languages.
        self.alternates, self.languages, self.canonical = [], {}, None
        # `prose` is the text outside of code. Both are put together at the end.
        self.title, self._text, self._prose, self._inside, self.lang = "", [], [], [], ""
        # `crossed` are elements that are closed by the end of another, or by the end of the page.
        self.ids, self.crossed, self.marks, self._terms = [], [], [], []
        self.fields, self._labelled, self._named = [], set(), set()
        self.feed(response.content.decode())
        self.close()
        self.text, self.prose = "".join(self._text), "".join(self._prose)
        self.crossed += self._inside

    @property
    def facts(self) -> dict[str, str]:
        """The terms of the lists of facts, and what is said of each."""
        return {" ".join(t.split()): " ".join(d.split()) for t, d in self._terms}

    @property
    def unlabelled(self) -> list[str]:
        """The names of the fields that nothing tells what they are for."""
        return [
            name
            for name, key in self.fields
            if name not in self._named and key not in self._labelled
        ]

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag not in VOID:
            self._inside.append(tag)
        if tag in BLOCKS:
            self._text.append(" ")
        if key := given.get("id"):
            self.ids.append(key)
        if tag == "html":
            self.lang = given.get("lang")
        if tag == "a" and "href" in given and "hreflang" not in given:
            self.links.append(given["href"])
        if tag == "link" and given.get("rel") == "canonical":
            self.canonical = given["href"]
        elif tag == "link" and "hreflang" in given:
            self.languages[given["hreflang"]] = given["href"]
        elif tag == "link" and given.get("rel") == "alternate":
            self.alternates.append(given.get("href"))
        elif tag in ("link", "script", "img") and (
            address := given.get("href") or given.get("src")
        ):
            self.resources.append(address)
        # A block of data is not run: https://html.spec.whatwg.org/multipage/scripting.html#data-block
        is_data = given.get("type") == "application/ld+json"
        is_code = tag == "script" and "src" not in given and not is_data
        is_inline = tag == "style" or is_code or "style" in given
        if is_inline or any(name.startswith("on") for name in given):
            self.inline.append(tag)
        self._start_text(tag)
        if tag == "label":
            self._labelled.add(given.get("for"))
        if tag in FIELDS and given.get("type") not in WITHOUT_LABEL:
            self._field(given)

    def _start_text(self, tag):
        if tag == "h1":
            self.headings.append("")
        if tag == "mark":
            self.marks.append("")
        if tag == "dt":
            self._terms.append(["", ""])

    def _field(self, given):
        self.fields.append((given.get("name"), given.get("id")))
        if "label" in self._inside or "aria-label" in given:
            self._named.add(given.get("name"))

    def handle_endtag(self, tag):
        if tag in self._inside:
            while (closed := self._inside.pop()) != tag:
                self.crossed.append(closed)

    def handle_data(self, data):
        inside = self._inside
        self._text.append(data)
        if "pre" not in inside and "code" not in inside:
            self._prose.append(data)
        # Drawings have titles of their own.
        if "title" in inside and "svg" not in inside:
            self.title += data
        if "h1" in inside:
            self.headings[-1] += data
        if "mark" in inside:
            self.marks[-1] += data
        if "dt" in inside or "dd" in inside:
            self._terms[-1]["dd" in inside] += data
