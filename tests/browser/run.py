"""In a real browser: what stands around pages, and the whole way of a submission.

    make browse

The way leads, with and without JavaScript, from an invitation to the public page. All on a real
server, a database of its own with the real data, the system's Chromium. Without Chromium it says so
and is skipped.
"""

import os
import shutil
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

from tests.bench import servers

SITE = "partnership.wsgi:application"
SKIPPED = 77


ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def main():
    chromium = chromium_or_skip()
    with site() as address:
        travel(chromium, address, Path(os.environ["FILES_DIR"]).parent)


def chromium_or_skip():
    """The system's Chromium; without one, the end."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if not chromium:
        print("Chromium is not installed (Debian: apt-get install chromium); nothing was browsed.")
        sys.exit(SKIPPED)
    return chromium


@contextmanager
def site():
    """The site with the real data, on a database of its own; gives its address."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/browser.sqlite3"
        os.environ["FILES_DIR"] = f"{folder}/files"
        os.environ["LOG_LEVEL"] = "ERROR"
        # The browser's driver runs a loop of its own in this thread; only we use the database.
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
        prepare()
        with servers.serving(SITE) as address:
            yield address


def prepare():
    """The real data."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partnership.settings")
    import django

    django.setup()
    from django.core.management import call_command

    with open(os.devnull, "w") as nowhere:
        call_command("demo", no_serve=True, stdout=nowhere)
        call_command("collectstatic", interactive=False, stdout=nowhere)


def travel(chromium, address, folder):
    """Both ways, one after the other."""
    from playwright.sync_api import sync_playwright

    from tests.browser.frame import Frame
    from tests.browser.journey import Journey
    from tests.browser.keys import Keys

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        Frame(browser, address).look()
        print("Every page: fits, is reached by keys, keeps the colours that were chosen.")
        clicks = Keys(browser, address).go()
        print(
            f"{len(clicks)} of 12 articles: guidance by keys alone, without JavaScript, in Arabic."
        )
        for has_script in (True, False):
            journey = Journey(browser, address, folder, has_script=has_script)
            journey.go()
            print(f"{'With' if has_script else 'Without'} JavaScript: from invitation to public.")
        browser.close()


if __name__ == "__main__":
    main()
