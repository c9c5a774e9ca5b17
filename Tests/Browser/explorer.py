"""The explorer in a real browser: `make test-browser`, or python Tests/Browser/explorer.py COMMAND WORKSPACE [PICTURE].

Every claim is checked against the command: what the page shows is what `needscast plan` prints. The last line says how long
the page takes from a moved slider to the changed figure.
"""
import contextlib
import http.server
import json
import os
import pathlib
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

COMMAND, WORKSPACE = sys.argv[1:3]
PICTURE = sys.argv[3] if len(sys.argv) > 3 else None
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PRICE = "assumptions.high-needs-price-growth.value"
RANGE = "#c-assumptions-high-needs-price-growth-value"
checks = 0


def claim(holds, what):
    """Counts a claim that holds, and ends the run at one that does not."""
    global checks
    if not holds:
        raise AssertionError(what)
    checks += 1


@contextlib.contextmanager
def served(folder, *options):
    """The command serving the workspace; gives the address that it prints, and asks it to end as Ctrl-C does."""
    process = subprocess.Popen(
        [COMMAND, "serve", WORKSPACE, "--scenarios", folder, "--quiet", *options], stdout=subprocess.PIPE, text=True)
    try:
        yield process.stdout.readline().strip()
    finally:
        process.send_signal(signal.SIGINT)
        rest, _ = process.communicate(timeout=30)
    claim(process.returncode == 0, f"Ctrl-C ends it with 0 and not {process.returncode}")
    claim(rest == "", f"nothing but the address stands on standard output, and not {rest!r}")


def plan(*options):
    """The plan as the command writes it."""
    out = subprocess.run(
        [COMMAND, "plan", WORKSPACE, "--draws", "2000", "--format", "json", *options], capture_output=True, text=True)
    claim(out.returncode == 0, f"needscast plan {options} gives {out.returncode}: {out.stderr}")
    return json.loads(out.stdout)


def service(document, name="high-needs"):
    return next(one for one in document["scenarios"][0]["services"] if one["id"] == name)


def quiet(page, faults):
    """Keeps whatever a page complains about: errors, refusals of its policy, requests to anywhere else."""
    page.on("console", lambda message: faults.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", lambda request: None if request.url.startswith(("http://127.0.0.1:", "blob:", "data:"))
            else faults.append("a request to " + request.url))


def until(page, script, arg=None, timeout=60):
    """Waits for a condition of the page, asked from outside: the page's own policy lets nobody evaluate text inside it."""
    end = time.monotonic() + timeout
    while not page.evaluate(script, arg):
        if time.monotonic() > end:
            claim(False, f"within {timeout} s: {script} ({arg})")
        page.wait_for_timeout(20)


CALM = "!document.querySelector('#result').hasAttribute('aria-busy')"


def ready(page):
    """Waits until the page has its controls and its figures."""
    page.wait_for_selector(RANGE, state="attached", timeout=600_000)
    until(page, CALM)


def settled(page, before):
    """Waits until the sentence is another, and gives it."""
    until(page, "text => document.querySelector('#sentence').textContent !== text", before)
    until(page, CALM)
    return page.text_content("#sentence")


def loads_and_moves(browser, address, folder):
    faults = []
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    quiet(page, faults)
    answers = []
    page.on("response", lambda reply: answers.append(reply) if "/api/plan?" in reply.url else None)
    page.goto(address)
    ready(page)
    claim("High needs" in page.text_content("#sentence"), "the sentence names the service")
    claim(page.locator("#fan svg title").count() == 1, "the fan has a title")
    claim(page.locator("#histogram svg").count() == 1, "the balance of the last year is drawn")
    base = service(plan())
    claim(page.locator("#years tbody tr").count() == len(base["years"]), "every year has a row")

    # A slider changes the figure, and it is that of the command.
    before = page.text_content("#sentence")
    page.locator(RANGE).fill("5")
    after = settled(page, before)
    claim(after != before and "worse" in page.text_content("#compared"), "dearer prices worsen the balance")
    moved = service(plan("--set", f"{PRICE}=5.0%"))
    shown = answers[-1].json()
    claim(shown["years"] == moved["years"], "the page has the figures of needscast plan --set")
    balance = moved["years"][-1]["closingBalance"]["mean"] / 1e6
    claim(f"\u2212£{abs(balance):.1f}m" in after, f"the sentence says {balance:.1f}m")
    claim("set=" in page.evaluate("location.hash") and "token" not in page.evaluate("location.hash"),
          "the settings stand in the address, without the token")

    # Put back, it is the plan as it was.
    page.get_by_role("button", name="Put back: High needs price growth").click()
    claim(settled(page, after) == before, "put back, the sentence is the first again")

    # By keyboard alone.
    page.locator("#service").focus()
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == RANGE[1:]:
            break
    claim(page.evaluate("document.activeElement.id") == RANGE[1:], "Tab leads to the slider")
    claim(page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none", "the focus is seen")
    page.keyboard.press("ArrowRight")
    stepped = settled(page, before)
    claim(stepped != before, "an arrow moves the slider and the figure")
    claim(page.evaluate("document.activeElement.id") == RANGE[1:], "the focus stays where it was")

    # What cannot be is said beside the control, and the page goes on.
    box = page.get_by_label("High needs price growth, as a number in per cent")
    box.fill("-250")
    box.press("Enter")
    page.locator(RANGE + "-fault").filter(has_text="growth a year").wait_for(timeout=60_000)
    box.fill("4")
    box.press("Enter")
    until(page, "id => document.querySelector(id).textContent === ''", RANGE + "-fault")
    box.fill("2,5")
    box.press("Enter")
    page.locator(RANGE + "-fault").filter(has_text="is no number here").wait_for(timeout=60_000)
    claim("=25" not in page.evaluate("decodeURIComponent(location.hash)"), "2,5 is not taken as 25")
    box.fill("4")
    box.press("Enter")
    page.evaluate("location.hash = '#scenario=nowhere&set=plan.mitigations=certain'")
    page.locator("#link").filter(has_text="Nothing of the link is applied").wait_for(timeout=60_000)
    until(page, CALM)
    claim("set=" not in page.evaluate("location.hash"), "nothing is applied of a link from an unknown scenario")
    page.evaluate("location.hash = '#service=%3Cscript%3E&set=a.b=%7B%5B&set=novalue'")
    page.locator("#link").filter(has_text="which this workspace has not").wait_for(timeout=60_000)
    page.locator("#errors p").first.wait_for(timeout=60_000)
    refused_by_us = [one for one in faults if "422" not in one and "400" not in one]
    claim(not refused_by_us, f"the browser has nothing to complain of: {refused_by_us}")
    faults.clear()
    page.locator("#reset").click()
    ready(page)

    # The skip link leaves the settings in the address alone.
    link = page.evaluate("location.hash")
    page.locator("#skip").focus()
    page.keyboard.press("Enter")
    claim(page.evaluate("document.activeElement.id") == "settings", "the skip link leads to the settings")
    claim(page.evaluate("location.hash") == link, "and leaves the address alone")

    # Saved as a scenario, which the command reads back to the same figures.
    before = page.text_content("#sentence")
    page.locator(RANGE).fill("2")
    before = settled(page, before)
    page.get_by_text("as likely as they are").click()
    settled(page, before)
    page.get_by_label("Name", exact=True).fill("Schools <b>first</b> ‮اب 🙂")
    page.get_by_label("Why anyone should look at it").fill('Because "=cmd()" & <script>alert(1)</script>')
    page.get_by_role("button", name="Save", exact=True).click()
    page.locator("#saved.fault").wait_for(timeout=60_000)
    page.get_by_label("Name", exact=True).fill("Schools <b>first</b> اب 🙂")
    page.get_by_role("button", name="Save", exact=True).click()
    page.locator("#saved code").wait_for(timeout=60_000)
    saved = list(pathlib.Path(folder).glob("*.yaml"))
    claim(len(saved) == 1, f"one file is saved: {saved}")
    until(page, CALM)
    figures = service(plan("--scenario", str(saved[0])))
    claim(figures["years"] == answers[-1].json()["years"], "the saved scenario has the figures of the page")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the file").click()
    claim(pathlib.Path(download.value.path()).read_text() == saved[0].read_text(), "the download is the file")
    page.get_by_role("button", name="Save", exact=True).click()
    page.locator("#saved").filter(has_text="not replaced").wait_for(timeout=60_000)

    # Shared by address: opened again, it is the same.
    said = page.text_content("#sentence")
    link = page.evaluate("location.hash")
    other = browser.new_page(viewport={"width": 1280, "height": 900})
    others = []
    quiet(other, others)
    other.goto(address + link)
    ready(other)
    claim(other.text_content("#sentence") == said, "the address opens the same settings")
    claim(not others, f"the second page has nothing to complain of: {others}")
    other.close()
    page.close()


def tells_services_apart(browser, address):
    """Of a service that cannot be planned the page shows its reason, and no figure of another."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(address)
    until(page, CALM)
    refused = page.locator("#service option", has_text="(cannot be planned)").evaluate_all("all => all.map(one => one.value)")
    claim("speech-and-language-therapy" in refused, f"services that cannot be planned are marked: {refused}")
    planned = next(one for one in page.locator("#service option").evaluate_all("all => all.map(one => one.value)")
                   if one not in refused)
    page.select_option("#service", planned)
    until(page, "!document.querySelector('#figures').hidden && document.querySelector('#fan svg')")
    page.select_option("#service", "speech-and-language-therapy")
    page.locator("#errors p").first.wait_for(timeout=60_000)
    claim("cannot be planned" in page.text_content("#sentence"), "the headline says that it cannot be planned")
    claim(not page.locator("#years").is_visible() and not page.locator("#fan").is_visible(), "no figure of another service is shown")
    page.close()


def says_that_the_server_is_gone(page):
    """The page was open when the server ended."""
    page.locator(RANGE).fill("3")
    page.locator("#sentence").filter(has_text="does not answer").wait_for(timeout=60_000)
    claim("cannot be planned" not in page.text_content("#sentence"), "a server that is gone is no fault of the settings")
    page.close()


def table_fits(browser, address):
    """The table by year is whole from 1024 pixels; below that its region says that it goes on."""
    for width in (360, 768, 1024, 1200, 1280):
        page = browser.new_page(viewport={"width": width, "height": 900})
        page.goto(address)
        until(page, CALM)
        until(page, "document.querySelector('#years tbody tr')")
        over = page.evaluate("(() => { const e = document.querySelector('.scroll'); return e.scrollWidth - e.clientWidth })()")
        claim(over <= 0 or width < 1024, f"at {width} pixels the table overruns its region by {over}")
        claim(page.locator("#wide").is_visible() == (over > 0), f"at {width} pixels the hint stands where the table goes on")
        page.close()


def refuses(browser, address):
    root = address.split("/?")[0]
    page = browser.new_page()
    reply = page.goto(root + "/#set=a=1")
    claim(reply.status == 403, "without the token there is no page")
    page.get_by_label("The printed address").fill(address)
    page.get_by_role("button", name="Open").click()
    until(page, "location.search.includes('token=')")
    claim("set=a%3D1" in page.evaluate("location.hash").replace("set=a=1", "set=a%3D1"), "the door keeps the settings of the link")
    page.close()

    # A page from elsewhere, with the token even, gets nothing.
    class Elsewhere(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(b"<!doctype html><title>elsewhere</title>")

        def log_message(self, *_):
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Elsewhere)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    page = browser.new_page()
    seen = []
    page.on("response", lambda reply: seen.append(reply.status) if reply.url.startswith(root) else None)
    page.goto(f"http://127.0.0.1:{server.server_port}/")
    token = address.split("token=")[1]
    for script in (
        f"fetch('{root}/api/plan', {{headers: {{'X-Needscast-Token': '{token}'}}}})",
        f"fetch('{address}', {{mode: 'no-cors'}}).then(r => {{ if (r.type !== 'opaque') throw 1; throw 2 }})",
        f"fetch('{root}/api/scenario', {{method: 'POST', headers: {{'Content-Type': 'application/json', "
        f"'X-Needscast-Token': '{token}'}}, body: '{{}}'}})",
    ):
        outcome = page.evaluate(f"{script}.then(r => 'answered ' + r.status, () => 'refused')")
        claim(outcome == "refused", f"a page from elsewhere is refused: {outcome}")
    claim(all(status == 403 for status in seen), f"what reached the server was refused: {seen}")
    frame = page.evaluate(
        "address => new Promise(done => { const f = document.createElement('iframe'); f.onload = () => "
        "{ try { done(f.contentDocument ? 'read' : 'closed') } catch { done('closed') } }; f.src = address; "
        "document.body.append(f) })", address)
    claim(frame == "closed", "the page cannot be put in a frame")
    page.close()
    server.shutdown()


def is_accessible(browser, address):
    for scheme in ("light", "dark"):
        for width in (360, 1280):
            context = browser.new_context(
                viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce", locale="en-GB")
            page = context.new_page()
            page.goto(address + f"#set={PRICE}=5%25")
            ready(page)
            for details in page.locator("details").all():
                details.evaluate("element => { element.open = true }")
            found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}}).response["violations"]
            claim(not found, f"axe at {width} pixels, {scheme}: " + "; ".join(
                f"{one['id']} ({one['help']}): {one['nodes'][0]['html'][:200]}" for one in found))
            overrun = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            claim(overrun <= 0, f"at {width} pixels nothing overruns the page, and not by {overrun}")
            looks = os.environ.get("LOOK")
            if looks:
                page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = false })")
                page.screenshot(path=f"{looks}/explorer-{scheme}-{width}.png", full_page=width == 360)
            context.close()
    context = browser.new_context(viewport={"width": 640, "height": 480}, device_scale_factor=2)
    page = context.new_page()
    page.goto(address)
    ready(page)
    claim(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"),
          "at twice the size nothing overruns the page")
    context.close()


def times(browser, address):
    """From the slider's input to the changed figure, and of it what the plan took: milliseconds."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(address)
    ready(page)
    taken, planned = [], []
    page.on("response", lambda reply: planned.append(float(reply.headers["server-timing"].split("dur=")[1]))
            if "/api/plan?" in reply.url and reply.status == 200 else None)
    for turn in range(20):
        taken.append(page.evaluate(
            """([id, value]) => new Promise((done) => {
              const sentence = document.querySelector('#sentence');
              const slider = document.querySelector(id);
              const observer = new MutationObserver(() => { observer.disconnect(); requestAnimationFrame(() => done(performance.now() - start)); });
              observer.observe(sentence, { childList: true, characterData: true, subtree: true });
              const start = performance.now();
              slider.value = value;
              slider.dispatchEvent(new Event('input', { bubbles: true }));
            })""", [RANGE, str(1 + turn * 0.3)]))
        until(page, CALM)
    page.close()
    return taken, planned


def picture(browser, address, path):
    """A small picture of the page for the documentation."""
    context = browser.new_context(viewport={"width": 1200, "height": 820}, color_scheme="light", reduced_motion="reduce")
    page = context.new_page()
    page.goto(address + f"#set={PRICE}=2.5%25&set=plan.mitigations=weighted")
    ready(page)
    page.screenshot(path=path)
    context.close()


def main():
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        with served(folder) as address:
            claim(address.startswith("http://127.0.0.1:") and len(address.split("token=")[1]) >= 32, f"an address: {address}")
            loads_and_moves(browser, address, folder)
            refuses(browser, address)
            table_fits(browser, address)
            is_accessible(browser, address)
            taken, planned = times(browser, address)
            if PICTURE:
                picture(browser, address, PICTURE)
            left = browser.new_page(viewport={"width": 1280, "height": 900})
            left.goto(address)
            ready(left)
        says_that_the_server_is_gone(left)
        with served(folder, "--as-of", "2021-09-01", "--draws", "200") as early:
            tells_services_apart(browser, early)
        with served(folder) as second:
            claim(second.split("token=")[1] != address.split("token=")[1], "another run has another token")
        browser.close()
    print(f"{checks} claims hold ({time.monotonic() - started:.0f} s)")
    print(f"from slider to figure, 20 times: median {statistics.median(taken):.0f} ms, {min(taken):.0f} to {max(taken):.0f} ms; "
          f"of it the plan, median {statistics.median(planned):.0f} ms, {min(planned):.0f} to {max(planned):.0f} ms")


main()
