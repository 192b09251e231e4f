"""The same bytes whatever the number of threads and processes: of products, of public functions, of all tables."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import scipy.linalg  # noqa: F401  so that its library is there to be looked at
from threadpoolctl import ThreadpoolController

import framing as fr
from framing.measuring.tone import tone_toward_each
from framing.threads import one_thread

CORPORA = Path(__file__).resolve().parent.parent / "corpora"
BLAS = ThreadpoolController().select(user_api="blas")


def n_threads() -> set[int]:
    return {library.num_threads for library in BLAS.lib_controllers}


def test_threads_are_given_back() -> None:
    with BLAS.limit(limits=2):
        before = n_threads()
        with one_thread:
            assert n_threads() == {1}
            with one_thread:
                assert n_threads() == {1}
            assert n_threads() == {1}
        assert n_threads() == before
        with pytest.raises(ZeroDivisionError), one_thread:
            1 / 0  # noqa: B018
        assert n_threads() == before


def test_the_last_to_leave_gives_them_back() -> None:
    seen = []

    def enter() -> None:
        with one_thread:
            seen.append(n_threads())

    with BLAS.limit(limits=2):
        before = n_threads()
        with one_thread:
            other = Thread(target=enter)
            other.start()
            other.join()
            seen.append(n_threads())
        assert seen == [{1}, {1}]
        assert n_threads() == before


@pytest.fixture(scope="module")
def pages() -> dict[str, fr.Article]:
    """A page for the slow engine; for the fast one all pages in one, whose products are large enough to be dealt out."""
    corpus = fr.read_corpus(CORPORA / "harbour")
    return {"encoder": corpus[0], "fast": fr.Article("all", "\n\n".join(article.body for article in corpus))}


def on_threads(ask: Callable[[], Any]) -> list[Any]:
    answers = []
    for n in (1, 2):
        with BLAS.limit(limits=n):
            answers.append(ask())
    return answers


@pytest.mark.parametrize("engine", ["encoder", "fast"])
@pytest.mark.parametrize("ask", [fr.find_attributions, fr.loaded_language, tone_toward_each], ids=lambda ask: ask.__name__)
def test_public_functions(ask: Callable[..., Any], engine: str, pages: dict[str, fr.Article]) -> None:
    page = pages[engine]
    named = ([name.span for name in fr.find_names(page)],) if ask is tone_toward_each else ()
    one, two = on_threads(lambda: ask(page, *named, engine=engine))
    assert one == two


def test_topics() -> None:
    corpus = fr.read_corpus(CORPORA / "ten-stories")
    one, two = on_threads(lambda: fr.TopicModel(10).fit_transform(corpus))
    assert one.equals(two)


TABLES = """
import hashlib, json, sys, tempfile
from pathlib import Path
import framing as fr

articles = list(fr.read_corpus(sys.argv[1]))
digests = {}
for engine, n in (("fast", 6), ("encoder", 2)):
    folder = fr.analyze_corpus(articles[:n], engine=engine, n_jobs=int(sys.argv[2])).write(tempfile.mkdtemp(dir=sys.argv[3]))
    digests |= {f"{engine}/{path.name}": hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}
print(json.dumps(digests))
"""


def test_tables_are_the_same_bytes(tmp_path: Path) -> None:
    """On one, two and four threads, and in two processes; six articles have topics too."""
    running = []
    for threads, processes in (("1", "1"), ("2", "1"), ("4", "2")):
        environment = {**os.environ, "OPENBLAS_NUM_THREADS": threads, "MKL_NUM_THREADS": threads, "OMP_NUM_THREADS": threads}
        call = [sys.executable, "-c", TABLES, str(CORPORA / "harbour"), processes, str(tmp_path)]
        running.append(subprocess.Popen(call, env=environment, stdout=subprocess.PIPE, text=True))
    first, *others = (json.loads(process.communicate()[0]) for process in running)
    assert len(first) == 18
    for other in others:
        assert {name for name in first if first[name] != other[name]} == set()
