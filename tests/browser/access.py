"""Every public page in a real browser: no barrier that a machine can find, and whole at 320 pixels.

    make access                       every page x six languages x its states
    make access LANGUAGES=en,ar       some languages
    make access QUICK=yes             states other than the usual one in English only
    make access SHOTS=var/shots       and pictures of each page for looking at

By axe-core with the rules of WCAG 2.0 to 2.2 A and AA and its best practices; besides, no sideways
scrolling at 320 pixels, no message in the console, no request to another site, contrast in the dark
theme. Without Chromium it says so and is skipped.
"""

import itertools
import os
import sys
import time
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from importlib.resources import files
from multiprocessing import get_context
from pathlib import Path

from articles.languages import LANGUAGES, RIGHT_TO_LEFT
from tests.browser import run
from tests.browser.task import ERROR, NORMAL, Task

WORKERS = 2
QUICK = bool(os.environ.get("QUICK"))
NARROW = 320
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
ASK = """async ([tags, rules]) => {
  const only = rules ? {type: 'rule', values: rules} : {type: 'tag', values: tags};
  const found = await axe.run(document, {runOnly: only, resultTypes: ['violations']});
  return found.violations.map(v => [v.id, v.nodes.slice(0, 3).map(n => n.target.join(' '))]);
}"""
# What is wider than the screen, outside of what scrolls by itself.
WIDER = """wide => document.documentElement.scrollWidth <= wide ? [] :
  [...document.querySelectorAll('body *')].filter(e => {
    const box = e.getBoundingClientRect();
    return (box.right > wide + 1 || box.left < -1) && box.width
      && !e.closest('.scroller, .scroll, .skip');
  }).slice(0, 3).map(e => e.tagName.toLowerCase() + '.' + e.className)"""
# Looked at: width, theme, medium.
LOOKS = [
    *((width, "light", "screen") for width in (1280, 768, 375)),
    (1280, "dark", "screen"),
    (375, "dark", "screen"),
    (794, "light", "print"),
]


def main():
    languages = [code for code in os.environ.get("LANGUAGES", "").split(",") if code]
    chromium = run.chromium_or_skip()
    with run.site() as address:
        # Only now are there models to make records of.
        from tests.browser.places import places

        tasks = [
            Task(address, place, language)
            for place, language in itertools.product(places(), languages or LANGUAGES)
            if not QUICK or language == "en" or place.state == NORMAL
        ]
        begun = time.monotonic()
        faults = checked(tasks, chromium, os.environ.get("SHOTS", ""))
    told(faults)
    seconds = time.monotonic() - begun
    print(f"{len(tasks)} pages, {len(faults)} faults, {seconds:.0f} s.")
    sys.exit(bool(faults))


def checked(tasks, chromium, shots):
    """What is wrong, by two browsers side by side: (task, fault)."""
    shares = [tasks[at::WORKERS] for at in range(WORKERS)]
    with ProcessPoolExecutor(WORKERS, mp_context=get_context("spawn")) as pool:
        found = pool.map(look_at, shares, [chromium] * WORKERS, [shots] * WORKERS)
        return list(itertools.chain.from_iterable(found))


def told(faults):
    """The faults on the terminal: each kind once, with how many pages have it and the first."""
    kinds = defaultdict(list)
    for task, fault in faults:
        kinds[fault].append(task)
    for fault, tasks in sorted(kinds.items(), key=lambda kind: -len(kind[1])):
        print(f"{len(tasks):4} x {fault}\n       {tasks[0]}")


def look_at(tasks, chromium, shots):
    """One browser: every page in turn."""
    from playwright.sync_api import sync_playwright

    axe = (files("axe_playwright_python") / "axe.min.js").read_text()
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=run.ARGUMENTS)
        faults = []
        for task in tasks:
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            faults += [(task, fault) for fault in dict.fromkeys(found_on(page, task, axe))]
            if shots and task.language in ("en", "fr", "ar", "zh"):
                picture(page, task, Path(shots))
            page.close()
        browser.close()
    return faults


def found_on(page, task, axe):
    """What is wrong with one page; that it cannot be looked at is a fault as well."""
    from playwright.sync_api import Error

    try:
        return list(faults_of(page, task, axe))
    except Error as why:
        return [f"cannot be looked at: {str(why).splitlines()[0]}"]


def faults_of(page, task, axe):
    """What is wrong with one page, in words."""
    said = []
    page.on("console", lambda message: said.append(message) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(error))
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    status = opened(page, task)
    # A form that was not taken may be shown again as it is.
    if not task.place.form and (status >= 400) != (task.place.state == ERROR):
        yield f"status {status}"
    yield from (f"console: {text}" for text in map(_text, said) if "status of 4" not in text)
    yield from (f"foreign: {url}" for url in asked if not url.startswith((task.site, "data:")))
    direction = "rtl" if task.language in RIGHT_TO_LEFT else "ltr"
    found = page.evaluate("[document.documentElement.lang, document.documentElement.dir]")
    if found != [task.language, direction]:
        yield f"language: {found}"
    page.evaluate(axe)
    yield from _violations(page, [RULES, None])
    if task.language == "en":
        page.emulate_media(color_scheme="dark")
        yield from (f"dark {each}" for each in _violations(page, [None, ["color-contrast"]]))
        page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": NARROW, "height": 700})
    yield from (f"wider than {NARROW}: {each}" for each in page.evaluate(WIDER, NARROW))


def opened(page, task):
    """The page in its state, with everything that it loads; its status."""
    answer = page.goto(task.site + task.path)
    if task.place.form is not None:
        form = page.locator("main form[method=post]").first
        form.wait_for(timeout=5_000)
        # So that the server answers, not the browser.
        form.evaluate("form => { form.noValidate = true; }")
        for name, value in task.place.form.items():
            form.locator(f"[name={name}]").first.fill(value)
        with page.expect_navigation() as sent:
            form.locator("button:not([type=button])").last.click()
        answer = sent.value
    page.wait_for_load_state("load")
    return answer.status


def _text(said):
    return getattr(said, "text", None) or str(said)


def _violations(page, asked):
    for rule, targets in page.evaluate(ASK, asked):
        yield f"{rule}: {targets[0][:90]}"


def picture(page, task, folder):
    """The page as it looks, in a file for each look."""
    name = task.path.strip("/").replace("/", "-")[:60]
    for width, theme, medium in LOOKS:
        if task.language != "en" and (theme == "dark" or (medium == "print" and width > 800)):
            continue
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=theme, media=medium)
        file = folder / task.place.state / f"{name or 'home'}.{width}.{theme}.{medium}.png"
        file.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=file, full_page=True)


if __name__ == "__main__":
    main()
