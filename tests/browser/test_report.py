"""The report as a reader uses it: sorting, filtering, from a number to its sentence, by keyboard, dark, narrow and without scripts."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from browser.conftest import Open
from browser.watched import Watched

MOST_BYTES = 15_000_000 / 500  # an article, the largest report in mind being 500 articles in 15 MB
POLICY_AT_WORK = """async () => {
    const refused = new Set()
    document.addEventListener('securitypolicyviolation', event => refused.add(event.effectiveDirective))
    const script = document.createElement('script')
    script.textContent = 'window.pwned = true'
    document.body.append(script)
    new Image().src = 'https://evil.example/pixel.png'
    document.body.setAttribute('onclick', 'window.pwned = true')
    document.body.click()
    await fetch('https://evil.example/').catch(() => null)
    await new Promise(resolve => setTimeout(resolve, 300))
    return [...refused].sort()
}"""
IN_VIEW = "part => { const box = part.getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight && box.height > 0 }"


def words(text: str | None) -> str:
    return " ".join((text or "").split())


def number_in(text: str) -> float | None:
    """As a reader takes a cell: its first number, with a true minus, commas and no zero before the point."""
    found = re.search(r"[-−]?[\d,]*\.?\d+", text)
    return float(found.group().replace("−", "-").replace(",", "")) if found else None


def test_opens_from_disk(open_page: Open, report: Path) -> None:
    """The first screen answers, soon; the file asks for nothing and stays small."""
    watched = open_page(report)
    page = watched.page
    assert watched.requests == [report.as_uri()]
    first = page.locator("main section").first
    assert "differ" in first.locator("h2").inner_text()
    assert first.evaluate(IN_VIEW) or first.locator("li, p").first.evaluate(IN_VIEW)
    assert report.stat().st_size < MOST_BYTES * page.locator("details.article").count() + 1_000_000
    page.wait_for_function("() => performance.getEntriesByName('first-contentful-paint').length")
    assert page.evaluate("() => performance.getEntriesByName('first-contentful-paint')[0].startTime") < 10_000


def test_policy_is_in_force(open_page: Open, report: Path) -> None:
    """A script that got in would not run, and nothing would be fetched."""
    watched = open_page(report)
    assert watched.page.locator("thead th button").count(), "the report's own script is to run"
    assert watched.page.evaluate(POLICY_AT_WORK) == ["connect-src", "img-src", "script-src-attr", "script-src-elem"]
    assert watched.page.evaluate("() => window.pwned") is None
    assert len(watched.complaints) >= 4  # each refusal is told on the console
    watched.complaints.clear()
    watched.requests.remove("https://evil.example/pixel.png")  # refused before it left


# --- tables ---


def open_all(watched: Watched) -> None:
    watched.page.evaluate("() => document.querySelectorAll('details').forEach(part => { part.open = true })")


# Clicks every head of a table twice; after each click what the head says, the cells of its column and the rows by their names.
SORT = """table => [...table.tHead.rows[0].cells].flatMap((head, place) => [1, 2].map(() => {
    head.querySelector('button').click()
    const rows = [...table.tBodies[0].rows]
    return {
        head: head.textContent,
        numeric: head.classList.contains('number'),
        direction: head.getAttribute('aria-sort'),
        others: table.querySelectorAll('th[aria-sort]').length - 1,
        cells: rows.map(row => row.cells[place].dataset.sort ?? row.cells[place].textContent),
        rows: rows.map(row => row.textContent),
    }
}))"""


def test_tables_sort(open_page: Open, report: Path) -> None:
    """A click on any head sorts by it, another turns it round; numbers as numbers; no row is lost."""
    watched = open_page(report)
    open_all(watched)
    tables = watched.page.locator("table:has(thead button)").all()
    assert len(tables) >= 4
    for table in tables:
        rows = sorted(table.locator("tbody tr").evaluate_all("rows => rows.map(row => row.textContent)"))
        turns = table.evaluate(SORT)
        for first, second in zip(turns[::2], turns[1::2], strict=True):
            name = f"{table.locator('caption').text_content()}: {words(first['head'])}"
            assert {first["direction"], second["direction"]} == {"ascending", "descending"}, name
            for turn in (first, second):
                assert sorted(turn["rows"]) == rows, name
                assert turn["others"] == 0, name
                if turn["numeric"]:
                    values = [number for cell in turn["cells"] if (number := number_in(cell)) is not None]
                    assert values == sorted(values, reverse=turn["direction"] == "descending"), f"{name}, {turn['direction']}"
            if len({words(cell) for cell in first["cells"]}) > 1:
                assert first["cells"] != second["cells"], name


# Of the rows below a filter those that are shown, by their words.
SHOWN = "rows => rows.filter(row => row.checkVisibility()).map(row => row.textContent)"


def test_tables_filter(open_page: Open, report: Path) -> None:
    """Typing leaves the rows that hold the words and says how many; clearing brings all back."""
    watched = open_page(report)
    open_all(watched)
    filtered = 0
    for one in watched.page.locator(".filter:has(+ div table)").all():
        rows = one.locator("xpath=following-sibling::*[1]").locator("tbody tr")
        everything = rows.evaluate_all(SHOWN)
        wanted = words(rows.nth(len(everything) // 2).locator("th").first.text_content())[:12].strip().casefold()
        one.locator("input").fill(wanted.upper())
        left = rows.evaluate_all(SHOWN)
        assert left == [row for row in everything if wanted in row.casefold()] != []
        assert str(len(left)) in one.get_by_role("status").inner_text()
        one.locator("input").fill("no row holds this")
        assert rows.evaluate_all(SHOWN) == []
        one.locator("input").fill("")
        assert rows.evaluate_all(SHOWN) == everything
        filtered += 1
    assert filtered >= 2


def test_articles_filter(open_page: Open, report: Path) -> None:
    page = open_page(report).page
    page.get_by_label("Articles with").fill("strike")
    shown = [one for one in page.locator("details.article").all() if one.is_visible()]
    assert 0 < len(shown) < page.locator("details.article").count()
    assert all("strike" in words(one.text_content()).casefold() for one in shown)


# --- from a number to its sentence ---


def follow(page: Any, link: Any) -> list[tuple[str, str]]:
    """Follow a number; of the first article behind it, each sentence with what was counted there."""
    link.click()
    panel = page.get_by_role("dialog")
    panel.wait_for()
    first = panel.locator("details").first
    if not first.evaluate("part => part.open"):
        first.locator("summary").click()
    first.locator("ul a, p a").first.wait_for()
    return [
        (words(one.locator("a").text_content()), words(one.locator("small").text_content()))
        for one in first.locator("ul > li:has(a[href*='-s']):has(small)").all()
    ]


def check_arrives(page: Any, link: Any) -> None:
    """The link leads to a sentence that is the link's own, in view and marked."""
    said = words(link.text_content())
    link.click()
    target = page.locator(":target")
    assert target.get_attribute("id") == link.get_attribute("href").removeprefix("#")
    page.wait_for_function(f"() => ({IN_VIEW})(document.querySelector(':target'))")
    bare = (
        "part => { const copy = part.cloneNode(true); copy.querySelectorAll('sup').forEach(one => one.remove()); return copy.textContent }"
    )
    assert words(target.evaluate(bare)) == said
    marked = "part => { const style = getComputedStyle(part); return style.backgroundColor + style.outlineStyle }"
    other = page.locator(".fr-sentence:not(:target)").first
    assert target.evaluate(marked) != other.evaluate(marked)
    on_top = "part => { const { x, y } = part.getClientRects()[0]; return part.contains(document.elementFromPoint(x + 3, y + 6)) }"
    assert target.evaluate(on_top), "something lies over the sentence"


@pytest.mark.parametrize("width", (1280, 360))
def test_number_to_sentence(open_page: Open, report: Path, width: int) -> None:
    """From a number on the first screen to the articles behind it, to a sentence, to that sentence in its article."""
    page = open_page(report, width=width).page
    number = page.locator("main section").first.locator("a.trace").first
    assert re.search(r"\d", number.inner_text())
    assert follow(page, number)
    check_arrives(page, page.get_by_role("dialog").locator("ul a[href*='-s']").first)


# Follows the first number of each measure and opens the first article behind it: the measure, its sentences and what was counted.
FOLLOW_ALL = """async rows => {
    const found = []
    for (const link of rows.map(row => row.querySelector('a.trace')).filter(Boolean)) {
        link.click()
        const first = document.querySelector('dialog details')
        first.open = true
        while (first.children.length < 2) await new Promise(resolve => setTimeout(resolve, 5))
        for (const item of first.querySelectorAll('li:has(a[href*="-s"]):has(small)'))
            found.push([link.dataset.measure, item.querySelector('a').textContent, item.querySelector('small').textContent])
    }
    return found
}"""


def test_every_measure_leads_to_its_sentences(open_page: Open, report: Path) -> None:
    """In the table of all measures: each number opens its articles, and the words counted stand in the sentences named."""
    page = open_page(report).page
    found = measures(page).locator("tbody tr").evaluate_all(FOLLOW_ALL)
    assert len({measure for measure, _, _ in found}) >= 15
    for measure, sentence, note in found:
        for cue in re.findall(r": “(.+?)”", note):
            for part in cue.split(" … "):
                assert part.rstrip("…") in sentence, f"{measure}: {part!r} is not in {sentence!r}"
        if scored := re.match(r"(.+?) [+−]?[\d.]+ \(subjectivity", note):
            assert scored.group(1).casefold() in sentence.casefold(), f"{measure}: {scored.group(1)!r} is not in {sentence!r}"


def measures(page: Any) -> Any:
    """The table of every measure by outlet."""
    return page.locator("#estimates").locator("xpath=following::table[1]")


def test_share_is_what_its_sentences_say(open_page: Open, report: Path) -> None:
    """The share of officials of an article is the share of its attributions that are listed."""
    page = open_page(report).page
    measures(page).locator("a.trace[data-measure=share_official]").first.click()
    entries = page.get_by_role("dialog").locator("ol > li > details").all()
    assert len(entries) == 10
    for entry in entries:
        entry.evaluate("part => { part.open = true }")
        counted = entry.locator("p", has_text=" of ").first
        kept, total = map(int, re.search(r"(\d+) of (\d+)", counted.inner_text()).groups())
        assert number_in(entry.locator("summary b").inner_text()) == pytest.approx(100 * kept / total, abs=0.51)


def test_event_to_sentence(open_page: Open, report: Path) -> None:
    """Events show the outlets side by side; a number there leads to a sentence of that article."""
    page = open_page(report).page
    event = page.locator("details.event").first
    event.locator("summary").click()
    telling = event.locator(".telling")
    assert telling.count() == 3
    tops = {round(one.bounding_box()["y"]) for one in telling.all()}
    assert len(tops) == 1, "side by side"
    follow(page, telling.first.locator("a.trace").first)
    check_arrives(page, page.get_by_role("dialog").locator("ul a[href*='-s']").first)


# --- keyboard, screen reader, paper ---


def test_keyboard(open_page: Open, report: Path) -> None:
    """Tab reaches the skip link first, numbers and table heads later; Enter works them; Escape returns to where one was."""
    page = open_page(report).page
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text().startswith("Skip")
    assert page.locator(":focus").evaluate(IN_VIEW)
    number = page.locator("a.trace").first
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.locator(":focus").evaluate("part => part.matches('a.trace')"):
            break
    assert number.evaluate("part => part === document.activeElement")
    assert number.evaluate("part => getComputedStyle(part).outlineStyle") != "none"
    page.keyboard.press("Enter")
    panel = page.get_by_role("dialog")
    panel.wait_for()
    assert panel.evaluate("part => part.contains(document.activeElement)")
    page.keyboard.press("Escape")
    panel.wait_for(state="hidden")
    assert number.evaluate("part => part === document.activeElement")
    head = measures(page).locator("thead th").nth(1)
    head.get_by_role("button").focus()
    page.keyboard.press("Enter")
    first = head.get_attribute("aria-sort")
    page.keyboard.press("Space")
    assert {first, head.get_attribute("aria-sort")} == {"ascending", "descending"}


@pytest.mark.parametrize("dark, width", ((False, 1280), (True, 1280), (True, 360)))
def test_accessible(open_page: Open, report: Path, dark: bool, width: int) -> None:
    """axe-core finds no serious fault in the page, an event, an article and the panel; a narrow page does not scroll sideways."""
    watched = open_page(report, dark=dark, width=width)
    page = watched.page
    follow(page, page.locator("a.trace").first)
    assert watched.faults(".panel") == []
    page.keyboard.press("Escape")
    for kind in ("event", "article"):
        page.locator(f"details.{kind} > summary").first.click()
        page.locator(f"details.{kind}").evaluate_all("alike => alike.slice(2).forEach(one => one.remove())")  # axe takes its time
    assert watched.faults() == []
    assert watched.too_wide() == []


def test_prints(open_page: Open, report: Path) -> None:
    """On paper: dark ink on white, no navigation, no filters, and nothing cut off at the right."""
    page = open_page(report, dark=True).page
    page.emulate_media(media="print")
    colours = "() => { const style = getComputedStyle(document.body); return [style.backgroundColor, style.color] }"
    paper, ink = page.evaluate(colours)
    assert paper in ("rgb(255, 255, 255)", "rgba(0, 0, 0, 0)")
    assert all(int(part) < 80 for part in re.findall(r"\d+", ink)[:3])
    assert not [one for one in page.locator("nav, input[type=search]").all() if one.is_visible()]
    assert page.pdf(format="A4")[:5] == b"%PDF-"


def test_without_scripts(open_page: Open, report: Path) -> None:
    """Everything is there to read, no control is shown that would do nothing, and numbers lead to articles."""
    page = open_page(report, script=False).page
    assert page.locator("thead button, input[type=search], dialog").count() == 0
    page.locator("main section").first.locator("a.trace").first.click()
    page.wait_for_function(f"() => ({IN_VIEW})(document.querySelector(':target'))")
    link = page.locator("td a[href^='#a']").first
    link.click()
    target = page.locator(":target")
    assert target.locator(".framing-article").is_visible()
    box = target.locator("checkbox, input[type=checkbox]").first
    assert box.is_visible()
