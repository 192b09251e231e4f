"""How large a report is and how soon a browser shows it.

    python benchmarks/report.py [--articles 500] [--loads 5] [--keep FILE]

The articles are those of corpora/ten-stories, over and over, each time as other events in another year. Needs Chromium (FRAMING_BROWSER
may name it) and the package playwright. Times are those of the browser itself, from the start of the load, in milliseconds, the median
of several loads with the range: first contentful paint (something is to be read), the whole document parsed, and a click on the last
article's summary until its text is laid out.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import tempfile
import time
from dataclasses import replace
from itertools import islice
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

import framing as fr

CORPUS = Path(__file__).resolve().parent.parent / "corpora" / "ten-stories"


def many_articles(n_articles: int) -> fr.Corpus:
    """The bundled articles repeated: other ids, other stories, a year later each time."""

    def repeated():
        given = list(fr.read_corpus(CORPUS))
        for turn in range(1 + n_articles // len(given)):
            for article in given:
                later = article.date and article.date.replace(year=article.date.year + turn, day=min(article.date.day, 28))
                story = f"{article.meta['story']}-{turn}"
                yield replace(article, id=f"{article.id}-{turn}", date=later, meta={**article.meta, "story": story})

    return fr.Corpus(islice(repeated(), n_articles), name=f"{n_articles} articles")


TIMES = """() => {
    const [load] = performance.getEntriesByType('navigation'), [paint] = performance.getEntriesByName('first-contentful-paint')
    return {'first contentful paint': paint.startTime, 'document parsed': load.domContentLoadedEventEnd}
}"""
OPEN_LAST = """() => {
    const last = [...document.querySelectorAll('details:has(.framing-article)')].at(-1), began = performance.now()
    last.open = true
    last.scrollIntoView()
    last.getBoundingClientRect()
    return performance.now() - began
}"""


def load(browser: Browser, path: Path) -> dict[str, float]:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(path.as_uri())
    page.wait_for_function("() => performance.getEntriesByName('first-contentful-paint').length")
    times = page.evaluate(TIMES) | {"opening the last article": page.evaluate(OPEN_LAST)}
    page.close()
    return times


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--articles", type=int, default=500)
    parser.add_argument("--loads", type=int, default=5)
    parser.add_argument("--keep", type=Path, help="write the report here; otherwise it is removed")
    options = parser.parse_args()

    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        path = fr.write_report(many_articles(options.articles), options.keep or Path(folder) / "report.html", engine="fast")
        print(f"{options.articles} articles: {path.stat().st_size / 1e6:.1f} MB, written in {time.perf_counter() - began:.0f} s")
        with sync_playwright() as playwright:
            found = shutil.which(os.environ.get("FRAMING_BROWSER", "chromium"))
            if found is None:
                parser.error("no Chromium found: install it, or name a browser in FRAMING_BROWSER")
            browser = playwright.chromium.launch(executable_path=found)
            loads = [load(browser, path) for _ in range(options.loads)]
            print(f"Chromium {browser.version}, {options.loads} loads, milliseconds:")
            browser.close()
    for name in loads[0]:
        times = [times[name] for times in loads]
        print(f"  {name}: {statistics.median(times):.0f} ({min(times):.0f} to {max(times):.0f})")


if __name__ == "__main__":
    main()
