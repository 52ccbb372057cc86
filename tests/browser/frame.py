"""What stands around every page, in a real browser: widths, keys, colours, nothing refused."""

import re

PAGES = (
    "/",
    "/activities/?article=7",
    "/articles/7/",
    "/about/",
    "/privacy/",
    "/feedback/",
    "/no/",
)
WIDTHS = (320, 375, 768, 1280)
LANGUAGES = ("", "/ar", "/fr")
PAPER = {"light": "rgb(251, 251, 249)", "dark": "rgb(14, 22, 28)"}


class Frame:
    """One browser, which looks at pages of a site."""

    def __init__(self, browser, address):
        self.browser, self.address = browser, address

    def look(self):
        """All of it."""
        self._fits_every_width()
        self._way_past_the_menu_moves_on()
        self._menu_opens_without_script()
        self._every_place_is_reached_by_keys()
        self._choice_of_colours_stays()

    def _opened(self, **given):
        context = self.browser.new_context(**given)
        page = context.new_page()
        page.on("pageerror", lambda error: self._fail(f"script: {error}"))
        page.on("console", lambda said: self._fail(said.text) if said.type == "error" else None)
        return page

    def _fail(self, said):
        # The page that there is not; what the policy refuses is told here as well.
        if "status of 404" not in said:
            raise AssertionError(said)

    def _fits_every_width(self):
        for width in WIDTHS:
            page = self._opened(viewport={"width": width, "height": 800})
            for language in LANGUAGES:
                for path in PAGES:
                    page.goto(self.address + language + path)
                    wide = page.evaluate("document.documentElement.scrollWidth")
                    assert wide <= width, f"{language}{path} is {wide} wide at {width}"
                    self._targets_are_large_enough(page)
            page.context.close()

    def _targets_are_large_enough(self, page):
        """In the header and the foot: 24 pixels high, as WCAG 2.5.8 asks."""
        small = page.evaluate(
            """() => [...document.querySelectorAll(
                 ".site-header :is(a, summary, button, input), .site-footer :is(a, select)")]
               .filter(each => each.checkVisibility())
               .map(each => [each.textContent.trim(), each.getBoundingClientRect().height])
               .filter(([text, height]) => height > 0 && height < 24)"""
        )
        assert small == [], f"{page.url}: {small}"

    def _way_past_the_menu_moves_on(self):
        page = self._opened()
        page.goto(self.address + "/about/")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"
        page.context.close()

    def _menu_opens_without_script(self):
        page = self._opened(viewport={"width": 375, "height": 800}, java_script_enabled=False)
        page.goto(self.address + "/activities/")
        places = page.locator(".main-menu a")
        assert not places.first.is_visible()
        page.locator(".main-menu summary").click()
        assert places.first.is_visible()
        page.locator(".languages summary").click()
        page.locator(".languages a[hreflang=fr]").click()
        assert page.url == self.address + "/fr/activities/"
        page.set_viewport_size({"width": 1280, "height": 800})
        assert places.first.is_visible()
        assert not page.locator(".main-menu summary").is_visible()
        page.context.close()

    def _every_place_is_reached_by_keys(self):
        """In the order in which they stand, none skipped, each with a ring around it."""
        page = self._opened(viewport={"width": 1280, "height": 800})
        page.goto(self.address + "/about/")
        expected = page.evaluate(
            """() => [...document.querySelectorAll("a, button, input, select, summary")]
                 .filter(each => each.checkVisibility()).length"""
        )
        seen = []
        for _time in range(expected):
            page.keyboard.press("Tab")
            place = page.evaluate(
                """() => { const at = document.activeElement.getBoundingClientRect();
                   const style = getComputedStyle(document.activeElement);
                   return [Math.round(at.top + scrollY), style.outlineStyle,
                           parseFloat(style.outlineWidth),
                           !document.activeElement.closest("footer")]; }"""
            )
            seen.append(place)
        assert all(style == "solid" and width >= 2 for _top, style, width, _above in seen)
        # Down the page, line by line: what stands beside each other differs by a few pixels. The
        # foot is read column by column.
        tops = [top for top, _style, _width, is_above in seen[1:] if is_above]
        assert all(after >= before - 40 for before, after in zip(tops, tops[1:], strict=False))
        page.context.close()

    def _choice_of_colours_stays(self):
        page = self._opened(color_scheme="light")
        page.goto(self.address + "/about/")
        assert self._paper(page) == PAPER["light"]
        page.select_option("#theme", "dark")
        assert self._paper(page) == PAPER["dark"]
        page.goto(self.address + "/terms/")
        assert self._paper(page) == PAPER["dark"]
        assert page.input_value("#theme") == "dark"
        page.select_option("#theme", "")
        page.emulate_media(color_scheme="dark")
        assert self._paper(page) == PAPER["dark"]
        page.emulate_media(color_scheme="light")
        assert self._paper(page) == PAPER["light"]
        without = self._opened(java_script_enabled=False, color_scheme="dark")
        without.goto(self.address + "/about/")
        assert not without.locator("#theme").is_visible()
        assert re.search("Colours", without.content())
        page.context.close()
        without.context.close()

    def _paper(self, page):
        return page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
