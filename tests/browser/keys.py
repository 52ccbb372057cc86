"""From the start page to guidance on each article: by keys alone, without scripts, in Arabic."""

from registry.queries.articles import listing

START = "/ar/"
MOST_CLICKS = 3
# More stops than any page has: whoever needs them is lost.
MOST_STOPS = 60
HERE = (
    "(at => [at.localName, at.name || '', at.getAttribute('href') || ''])(document.activeElement)"
)


class Keys:
    """One browser without scripts; only keys are pressed."""

    def __init__(self, browser, address):
        self.context = browser.new_context(java_script_enabled=False)
        self.page, self.address = self.context.new_page(), address

    def go(self):
        """All twelve articles; returns how many keys that open something each took."""
        clicks = {number: self._find(number) for number in range(3, 15)}
        self.context.close()
        assert max(clicks.values()) <= MOST_CLICKS, clicks
        return clicks

    def _find(self, number):
        self.page.goto(self.address + START)
        self._tab_to(lambda kind, name, href: name == "article")
        # The first choice is none; those after it are the articles in their order.
        for _down in range(number - 2):
            self.page.keyboard.press("ArrowDown")
        chosen = self.page.locator("select[name=article]").first.input_value()
        assert chosen == str(number), f"{chosen} is chosen, not {number}"
        self._tab_to(lambda kind, name, href: kind == "button")
        self.page.keyboard.press("Enter")
        self._go_on("/ar/find/")
        known = {f"/ar/guidance/{each['slug']}/" for each in self._guidance(number)}
        self._tab_to(lambda kind, name, href: href in known)
        self.page.keyboard.press("Enter")
        self._go_on("/ar/guidance/")
        return 2

    def _go_on(self, path):
        self.page.wait_for_url(lambda url: url.startswith(self.address + path), timeout=10_000)

    def _guidance(self, number):
        return listing("guidance", article=str(number)).everything()

    def _tab_to(self, is_there):
        for _stop in range(MOST_STOPS):
            self.page.keyboard.press("Tab")
            if is_there(*self.page.evaluate(HERE)):
                return
        raise AssertionError(f"No way by the Tab key on {self.page.url}")
