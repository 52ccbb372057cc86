"""Reads pages as a browser would, as far as the tests need it."""

from html.parser import HTMLParser


class Page(HTMLParser):
    """The parts of a page that rules are about."""

    def __init__(self, response) -> None:
        super().__init__(convert_charrefs=True)
        self.links, self.resources, self.inline, self.headings = [], [], [], []
        self.title, self.text, self._inside, self.lang = "", "", [], ""
        self.feed(response.content.decode())

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self._inside.append(tag)
        if tag == "html":
            self.lang = given.get("lang")
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        if tag in ("link", "script", "img") and (address := given.get("href") or given.get("src")):
            self.resources.append(address)
        if tag == "style" or (tag == "script" and "src" not in given) or "style" in given:
            self.inline.append(tag)
        if tag == "h1":
            self.headings.append("")

    def handle_endtag(self, tag):
        if tag in self._inside:
            while self._inside.pop() != tag:
                pass

    def handle_data(self, data):
        self.text += data
        if "title" in self._inside:
            self.title += data
        if "h1" in self._inside:
            self.headings[-1] += data
