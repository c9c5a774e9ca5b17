"""The page of a report in a real browser: `make test-pages`, or python Tests/Browser/report.py PAGE [PICTURES].

Reads the page as HTML, looks at it in light and dark on a telephone and a wide screen with axe, prints it, and with a folder
given leaves small pictures of it there.
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import html5lib
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

PAGE = pathlib.Path(sys.argv[1]).resolve()
PICTURES = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else None
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
MOST_BYTES = 1_000_000
MOST_PICTURE_BYTES = 120_000
checks = 0


def claim(holds, what):
    """Counts a claim that holds, and ends the run at one that does not."""
    global checks
    if not holds:
        raise SystemExit(f"{PAGE}: {what}")
    checks += 1


def check_text():
    """The file by itself: its size, and what a reader of HTML complains of."""
    size = PAGE.stat().st_size
    claim(size < MOST_BYTES, f"{size:,} bytes; under {MOST_BYTES:,} are wanted")
    parser = html5lib.HTMLParser()
    parser.parse(PAGE.read_text(encoding="utf-8"))
    claim(not parser.errors, f"no valid HTML: {parser.errors[:3]}")


def check_view(browser, scheme, width):
    """One way of looking at it: nothing is fetched, nothing complains, nothing is cut off, and axe finds nothing."""
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    complaints, fetched = [], []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: fetched.append(request.url))
    page.goto(PAGE.as_uri())
    view = f"in {scheme} at {width} pixels"
    claim(fetched == [PAGE.as_uri()], f"{view} it fetches {fetched[1:]}")
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    claim(wide <= 0, f"{view} it is {wide} pixels too wide")
    small = page.evaluate(
        """() => [...document.querySelectorAll('svg')].filter(svg => svg.getClientRects().length)
             .map(svg => svg.getBoundingClientRect().width / svg.viewBox.baseVal.width)
             .reduce((least, scale) => Math.min(least, scale), 1)""")
    claim(small > 0.85, f"{view} a chart is shrunk to {small:.0%}, and its letters with it")
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor") != "rgb(255, 255, 255)"
    claim(dark == (scheme == "dark"), f"{view} its paper has the wrong colour")
    found = Axe().run(page).response
    claim(len(found["passes"]) > 10, f"{view} axe looked at nothing")
    claim(not found["violations"], f"{view} axe finds {[(one['id'], one['nodes'][0]['html'][:200]) for one in found['violations']]}")
    claim(not complaints, f"{view} the browser complains: {complaints}")
    # Everything that can be reached with the keyboard is, and shows where the reader is.
    page.keyboard.press("Tab")
    claim(page.evaluate("document.activeElement.className") == "skip", f"{view} the way past the contents is not first")
    page.keyboard.press("Enter")
    page.wait_for_function("location.hash === '#main'")
    context.close()


def check_links(browser):
    """Every link of the contents leads to its section."""
    page = browser.new_page()
    page.goto(PAGE.as_uri())
    lost = page.evaluate(
        "[...document.querySelectorAll('a[href^=\"#\"]')].filter(a => !document.querySelector(a.hash)).map(a => a.hash)")
    claim(not lost, f"links lead nowhere: {lost}")
    page.close()


def check_print(browser):
    """Printed, it is A4, has every section, and no table or chart is cut off at the right."""
    page = browser.new_page()
    page.goto(PAGE.as_uri())
    page.emulate_media(media="print")
    # 180 mm between the margins at 96 pixels an inch.
    page.set_viewport_size({"width": 680, "height": 1000})
    cut = page.evaluate(
        """() => [...document.querySelectorAll('table, figure, p, dl')]
             .filter(part => part.getClientRects().length && part.getBoundingClientRect().right > 681)
             .map(part => (part.caption || part).textContent.slice(0, 80))""")
    claim(not cut, f"printed, these are cut off: {cut}")
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "report.pdf"
        path.write_bytes(page.pdf(prefer_css_page_size=True))
        sizes = set(re.findall(rb"/MediaBox \[[^\]]*\]", path.read_bytes()))
        pages = len(re.findall(rb"/Type /Page\b", path.read_bytes()))
    numbers = [float(number) for size in sizes for number in re.findall(rb"[\d.]+", size)[2:]]
    claim(len(sizes) == 1 and abs(numbers[0] - 595) < 1 and abs(numbers[1] - 842) < 1, f"printed, its sheets are {sizes}")
    claim(pages > 1, "printed, it has no pages")
    page.close()
    return pages


def picture(browser, name, place):
    """A small picture of a part of the page."""
    from PIL import Image

    context = browser.new_context(viewport={"width": 1120, "height": 760}, color_scheme="light")
    page = context.new_page()
    page.goto(PAGE.as_uri())
    page.evaluate(place)
    target = PICTURES / name
    page.screenshot(path=target)
    Image.open(target).convert("RGB").quantize(128, dither=Image.Dither.NONE).save(target, optimize=True)
    size = target.stat().st_size
    claim(size < MOST_PICTURE_BYTES, f"{target} has {size:,} bytes; under {MOST_PICTURE_BYTES:,} are wanted")
    context.close()


check_text()
with sync_playwright() as play:
    browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
    for scheme in ("light", "dark"):
        for width in (360, 1280):
            check_view(browser, scheme, width)
    check_links(browser)
    sheets = check_print(browser)
    if PICTURES:
        picture(browser, "report.png", "window.scrollTo(0, 0)")
        picture(browser, "report-service.png", "document.querySelector('#service-1-money').scrollIntoView()")
    browser.close()
print(f"{PAGE.name}: {checks} checks hold; {PAGE.stat().st_size:,} bytes, {sheets} sheets of A4")
