"""A submission from the invitation of its author to its public page."""

import json
import time
import urllib.request

from registry.models import Submission
from tests.browser import people

TITLE = "Retorts for the goldsmiths of Tarkwa"
SUMMARY = "Shared retorts in three workshops, and training for sixty goldsmiths."


class Journey:
    """One author, one editor, one browser; `has_script` says whether pages may run scripts."""

    def __init__(self, browser, address, folder, *, has_script):
        self.browser, self.address, self.folder = browser, address, folder
        self.has_script = has_script
        self.way = "with" if has_script else "without"
        self.email = f"author-{self.way}@example.org"
        self.partner, self.focal_point = people.partner_with_focal_point(
            f"Clean Rivers {self.way} scripts"
        )
        self.title = f"{TITLE} ({self.way} scripts)"
        self.editor, self.secret = people.editor()

    def go(self):
        """All of it, in order."""
        author = self._opened()
        self._join_by_invitation(author)
        reference = self._begin(author)
        # The browser is closed in the middle; the next day another one is opened.
        author.context.close()
        author = self._opened()
        self._sign_in(author, self.email)
        self._go_on(author, reference)
        reviewer = self._opened()
        self._sign_in(reviewer, self.editor.email, self.secret)
        self._ask_changes(reviewer, reference)
        self._mend(author, reference)
        self._approve(reviewer, reference)
        self._is_public(self._opened(), reference)

    def _opened(self):
        context = self.browser.new_context(java_script_enabled=self.has_script)
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.on("pageerror", lambda error: self._fail(f"script: {error}"))
        page.on("console", lambda said: self._fail(said.text) if said.type == "error" else None)
        return page

    def _fail(self, said):
        # A page that answers 400 or 409 on purpose is told on the console as well.
        if "status of 4" not in said:
            raise AssertionError(said)

    def _open(self, page, path):
        page.goto(self.address + path)

    def _press(self, page, name):
        page.get_by_role("button", name=name, exact=True).first.click()

    def _says(self, page, text):
        assert text in page.inner_text("main"), f"“{text}” is not on {page.url}"

    def _join_by_invitation(self, page):
        invitation = people.invited(self.partner, self.focal_point, self.email)
        self._open(page, invitation)
        self._says(page, "You are invited to speak for")
        self._press(page, "Sign in to accept")
        page.get_by_role("link", name="Make an account").first.click()
        page.get_by_label("Name").fill("Aminata Example")
        page.get_by_label("E-mail address").fill(self.email)
        page.get_by_label("Password", exact=True).fill(people.PASSWORD)
        self._press(page, "Make the account")
        self._open(page, people.link_in_mail(self.email, "/account/address/confirm/"))
        page.locator("main form button").first.click()
        self._open(page, invitation)
        if "Sign in to accept" in page.inner_text("main"):
            self._press(page, "Sign in to accept")
            self._fill_sign_in(page, self.email)
            self._open(page, invitation)
        self._press(page, "Accept")
        self._says(page, self.partner.name)

    def _sign_in(self, page, email, secret=""):
        self._open(page, "/account/sign-in/")
        self._fill_sign_in(page, email)
        if secret:
            page.get_by_label("Code").fill(people.code(secret))
            page.locator("main form button.main").first.click()

    def _fill_sign_in(self, page, email):
        page.get_by_label("E-mail").fill(email)
        page.get_by_label("Password", exact=True).fill(people.PASSWORD)
        page.locator("main form button.main").first.click()

    def _begin(self, page):
        """The first section is typed; with scripts it is saved by itself on leaving."""
        self._open(page, f"/desk/{self.partner.slug}/")
        self._press(page, "Report an activity")
        reference = page.url.rstrip("/").rpartition("/")[2]
        page.get_by_role("link", name="What it is").click()
        page.get_by_label("Title").fill(self.title)
        page.get_by_label("demonstration").check()
        if self.has_script:
            with page.expect_response(lambda answer: answer.request.method == "POST"):
                page.evaluate(
                    "Object.defineProperty(document, 'visibilityState', {value: 'hidden'});"
                    "document.dispatchEvent(new Event('visibilitychange'))"
                )
        else:
            self._press(page, "Save and return to the list")
        return reference

    def _go_on(self, page, reference):
        self._open(page, f"/desk/submissions/{reference}/")
        assert self.title in page.inner_text("h1"), "What was typed is gone."
        page.get_by_role("link", name="Check and hand in").click()
        self._press(page, "Hand in for review")
        self._says(page, "There is a problem")
        self._says(page, "Say in a few sentences what is done, and for whom.")
        page.get_by_role("link", name="Say in a few sentences").click()
        assert page.get_by_label("Title").input_value() == self.title
        page.get_by_label("Summary").fill(SUMMARY)
        page.get_by_label("national", exact=True).check()
        self._press(page, "Save and return to the answers")
        self._fill_rest(page, reference)
        self._open(page, f"/desk/submissions/{reference}/check/")
        self._says(page, "Ghana")
        self._press(page, "Hand in for review")
        self._says(page, "Handed in for review")
        self._says(page, reference)

    def _fill_rest(self, page, reference):
        here = f"/desk/submissions/{reference}/"
        self._open(page, f"{here}when/")
        page.locator("#start-year").fill("2024")
        self._press(page, "Save and continue")
        page.locator("[name=countries-country]").first.fill("Ghana")
        self._press(page, "Save and continue")
        self._press(page, "Save and continue")
        page.get_by_label("7. Artisanal and small-scale gold mining").check()
        self._press(page, "Save and return to the list")

    def _ask_changes(self, page, reference):
        self._open(page, "/review/")
        page.get_by_role("link", name=self.title).first.click()
        page.locator("summary", has_text="Ask for changes").click()
        form = page.locator("form.ask-changes")
        form.locator("textarea").fill("Which villages? Name them in the summary.")
        form.locator("button").click()
        self._says(page, "Which villages?")

    def _mend(self, page, reference):
        self._open(page, f"/desk/submissions/{reference}/")
        self._says(page, "Which villages? Name them in the summary.")
        page.get_by_role("link", name="What it is").click()
        page.get_by_label("Summary").fill(f"{SUMMARY} In Tarkwa, Prestea and Bogoso.")
        self._press(page, "Save and return to the list")
        page.get_by_role("link", name="Check and hand in").click()
        self._press(page, "Hand in for review")
        self._says(page, "Handed in for review")

    def _approve(self, page, reference):
        self._open(page, f"/review/{reference}/")
        self._says(page, "Bogoso")
        page.locator("summary", has_text="Approve").click()
        page.locator("form.approve button").click()
        assert Submission.objects.get(reference=reference).status == "approved"

    def _is_public(self, page, reference):
        """At once: the page, the list, the feed, the API and the statistics show it."""
        key = Submission.objects.get(reference=reference).key
        time.sleep(1.2)  # no answer is older than a second
        self._open(page, f"/activities/{key}/")
        assert page.inner_text("h1") == self.title
        self._says(page, "In Tarkwa, Prestea and Bogoso.")
        assert self.title in self._got("/activities/feed/")
        found = json.loads(self._got(f"/api/v1/activities/{key}/"))
        assert found["partners"][0]["name"] == self.partner.name
        figures = json.loads(self._got("/api/v1/statistics/"))
        listed = json.loads(self._got("/api/v1/activities/?total=true&limit=1"))
        assert figures["totals"]["activities"] == listed["total"]

    def _got(self, path):
        with urllib.request.urlopen(self.address + path) as answer:
            return answer.read().decode()
