"""Folders, files, patterns and lists; what cannot be read; encodings."""

from __future__ import annotations

import contextlib
import gzip
import json
import random

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.article import Corpus
from framing.errors import InputError, ReadingError
from framing.readers import read_article, read_corpus
from framing.readers.encoding import decode, note_mojibake
from framing.readers.files import ACCEPTED

PAGE = "# Dockers return\n\nBy Jane Doe, The Sallow Tribune\n\nMarch 4, 2024\n\nDockers went back to work on Monday, the union said.\n"
ROWS = "id,text,date,outlet\nr1,Dockers went back.,2024-03-04,X\n"


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "harbour"
    for name, content in {
        "b.md": PAGE,
        "a/page.md": PAGE,
        "c/page.txt": PAGE,
        "c/page.md": PAGE,
        "rows.csv": ROWS,
        "README.md": "# About this folder",
        "a/readme.txt": "nothing",
        "LICENSE.md": "nothing",
        ".hidden.md": PAGE,
        ".git/x.md": PAGE,
        "__MACOSX/x.md": PAGE,
        "picture.png": "no picture",
        "notes.docx": "no document",
        "z.md.gz": "",
    }.items():
        path = place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    (place / "z.md.gz").write_bytes(gzip.compress(PAGE.encode()))
    return place


def test_a_folder_is_read_in_order_of_path(folder):
    corpus = read_corpus(folder)
    assert isinstance(corpus, Corpus)
    assert corpus.name == "harbour"
    assert [a.id for a in corpus] == ["a/page", "b", "c/page.md", "c/page.txt", "r1", "z"]
    assert [(p.where, p.lost) for p in corpus.problems[:1]] == [(str(folder), False)]
    copies = ["b", "c/page.md", "c/page.txt", "z"]
    assert [(p.article_id, p.reason) for p in corpus.problems[1:]] == [
        (name, "same text as 'a/page', of the same outlet; both are kept and both count") for name in copies
    ]
    assert corpus.problems[0].reason == f"files of types that are not read: 1 .docx; accepted are {ACCEPTED}"
    assert [a.id for a in read_corpus(str(folder), progress=True)] == [a.id for a in corpus]


def test_patterns_and_lists(folder):
    assert [a.id for a in read_corpus(str(folder / "*.md"))] == ["b"]
    assert [a.id for a in read_corpus(str(folder / "**" / "page.md"))] == ["a/page", "c/page"]
    frame = pd.DataFrame({"id": ["f1"], "text": ["Dockers."], "outlet": ["X"], "date": ["2024-03-04"]})
    corpus = read_corpus([folder / "b.md", folder / "rows.csv", frame, folder / "b.md"], name="mine")
    assert ([a.id for a in corpus], corpus.name, corpus.problems) == (["b", "r1", "f1"], "mine", ())


def test_relative_and_absolute_paths_may_be_mixed(folder, monkeypatch):
    monkeypatch.chdir(folder)
    assert [a.id for a in read_corpus(["a/page.md", folder / "c" / "page.txt"])] == ["a/page", "c/page"]
    twice = read_corpus(["b.md", folder / "b.md", "a/../b.md"])
    assert ([a.id for a in twice], twice.problems) == (["b"], ())


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("nowhere", "no such file or folder: 'nowhere'"),
        ("nowhere/*.md", f"no article file matches the pattern 'nowhere/*.md'; accepted are {ACCEPTED}"),
        ([], "nothing to read: the list is empty"),
        ("", "no path given, but ''; give a folder, a file or a pattern ('.' is the working directory)"),
    ],
)
def test_nothing_there(source, message):
    with pytest.raises(ReadingError) as error:
        read_corpus(source)
    assert str(error.value) == message


def test_one_missing_path_does_not_stop_the_others(tmp_path):
    (tmp_path / "a.md").write_text("The dockers went back to work on Monday.")
    corpus = read_corpus([tmp_path / "a.md", tmp_path / "nowhere.md", str(tmp_path / "*.csv")])
    assert [article.id for article in corpus] == ["a"]
    lost = [problem for problem in corpus.problems if problem.lost]
    assert [problem.where for problem in lost] == [str(tmp_path / "nowhere.md"), str(tmp_path / "*.csv")]
    assert [problem.reason.split(":")[0] for problem in lost[:1]] == ["no such file or folder"]
    with pytest.raises(ReadingError) as error:
        read_corpus(["x.md", "y.md"])
    assert str(error.value) == "nothing to read: no such file or folder: 'x.md'; no such file or folder: 'y.md'"


def test_a_folder_without_articles(tmp_path):
    (tmp_path / "README.md").write_text("about")
    with pytest.raises(ReadingError) as error:
        read_corpus(tmp_path)
    assert str(error.value) == f"no articles in the folder {str(tmp_path)!r}; accepted are {ACCEPTED}"
    (tmp_path / "a.pdf").write_text("about")
    with pytest.raises(ReadingError, match=r"; found only 1 \.pdf$"):
        read_corpus(tmp_path)


@pytest.mark.parametrize("source", [3, [3], None])
def test_what_is_no_source(source):
    with pytest.raises(InputError, match="expected a path"):
        read_corpus(source)


def test_read_article_says_what_it_needs(tmp_path):
    with pytest.raises(ReadingError, match=r"^no such file: '"):
        read_article(tmp_path / "nowhere.md")
    with pytest.raises(ReadingError, match=r"^no such file: ''$"):
        read_article("")
    with pytest.raises(ReadingError, match=r"it is a folder, use read_corpus$"):
        read_article(tmp_path)
    (tmp_path / "a.xyz").write_text("words")
    with pytest.raises(ReadingError, match=r"a\.xyz: files of type '\.xyz' are not read; accepted are \.md, "):
        read_article(tmp_path / "a.xyz")


BAD = {
    "empty.md": (b"", "the file is empty"),
    "blank.txt": (b" \n\t\n", "the file is empty"),
    "signs.md": (b"# ---\n\n***\n", "no words in it"),
    "nul.md": (b"words\x00\x01\x02 and more", "not text: it holds NUL bytes (a binary file under another name?)"),
    "noise.md": (bytes(b for b in random.Random(0).randbytes(5000) if b), "not text"),
    "pdf.md": (b"%PDF-1.7\n%\xe2\xe3", "this is a PDF, not text"),
    "office.txt": (b"PK\x03\x04rest", "this is a zip archive or an office document, not text"),
    "rich.txt": (b"{\\rtf1 words}", "this is an RTF document, not text"),
    "picture.html": (b"\x89PNG\r\n\x1a\n", "this is a PNG picture, not text"),
    "corrupt.md.gz": (b"no gzip at all", "not a whole gzip file"),
    "short.md.gz": (gzip.compress(PAGE.encode() * 100)[:-20], "not a whole gzip file"),
    "half.md": (b"\xff\xfe\x00", "begins with the mark of utf-16 but cannot be read so"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_files(tmp_path, name):
    content, reason = BAD[name]
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(ReadingError) as error:
        read_article(path)
    assert str(error.value).startswith(f"{path}: {reason}")


def test_bad_files_do_not_stop_the_others(tmp_path):
    for name, (content, _) in BAD.items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "good.md").write_text(PAGE)
    corpus = read_corpus(tmp_path)
    assert [a.id for a in corpus] == ["good"]
    assert sorted(p.where for p in corpus.problems if p.lost) == sorted(str(tmp_path / name) for name in BAD)
    (tmp_path / "good.md").unlink()
    assert len(read_corpus(tmp_path)) == 0


TOP = "# Grève à Port Sallow\n\nBy Jane Doe, The Sallow Tribune\n\nMarch 4, 2024\n\n"
WORDS = TOP + "The mayor’s “café” opened again, and the naïve façade stayed as it was.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_encodings_give_the_same_article(tmp_path, encoding):
    path = tmp_path / "a.md"
    path.write_bytes(WORDS.encode(encoding))
    problems = []
    article = read_article(path, problems=problems)
    assert (article.text, problems) == (WORDS, [])
    assert article.headline == "Grève à Port Sallow"


def test_other_encodings_are_guessed_and_told(tmp_path):
    path = tmp_path / "a.md"
    path.write_bytes(WORDS.encode("cp1252"))
    corpus = read_corpus(path)
    assert corpus[0].text == WORDS
    assert [(p.line, p.lost, p.reason) for p in corpus.problems] == [(1, False, "not UTF-8; read as cp1252, which is a guess")]


def test_a_few_damaged_bytes_stay_damaged(tmp_path):
    path = tmp_path / "a.md"
    path.write_bytes(WORDS.encode().replace("ï".encode(), b"\xff"))
    corpus = read_corpus(path)
    assert "na\ufffdve" in corpus[0].text
    assert [(p.line, p.lost) for p in corpus.problems] == [(7, False), (None, False)]
    assert corpus.problems[0].reason == "not valid UTF-8 at 1 places (shown as U+FFFD), the first on this line"
    assert corpus.problems[1].reason == "1 sign of a wrong encoding in the text, as in 'na\ufffdve'; it is left as it is"


def test_cyrillic():
    text = "Докеры вернулись на работу в понедельник, сообщил профсоюз. Министерство не ответило на вопросы."
    assert decode(text.encode("cp1251")).text == text


@given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc"))))
def test_any_text_in_utf8_is_read_as_it_is(text):
    if not text.startswith("\ufeff") and not text.startswith(("%PDF", "GIF8", "PK", "{\\rtf", "PAR1")):
        decoded = decode(text.encode())
        assert (decoded.text, decoded.doubt) == (text, None)


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_an_error(data):
    with contextlib.suppress(ReadingError):
        assert isinstance(decode(data).text, str)


@pytest.mark.parametrize("text", ["The mayor’s café", "SÃO PAULO", "Ârea", "naïve"])
def test_no_mojibake(text):
    assert note_mojibake(text) is None


@pytest.mark.parametrize("name", ["big.md", "big.csv"])
def test_a_single_line_of_20_million_characters(tmp_path, name):
    sentence = "The dockers went back to work on Monday, the union said. "
    text = sentence * (20_000_000 // len(sentence))
    content = {"big.md": text, "big.csv": f'text\n"{text}"\n'}[name]
    path = tmp_path / name
    path.write_text(content)
    article = read_article(path)
    assert len(article.text) == len(text)
    assert [p.role for p in article.paragraphs] == ["body"]


FOREIGN = {
    "German": "Die Hafenarbeiter sind am Montag nach zwei Wochen Streik wieder zur Arbeit gegangen, teilte die Gewerkschaft mit."
    " Der Bürgermeister begrüßte das Ende und sagte, man habe in der Stadt lange darauf gewartet. Die Reederei will bis"
    " zum Ende des Monats antworten.",
    "French": "Les dockers ont repris le travail lundi après deux semaines de grève, a annoncé le syndicat. Le maire a salué la"
    " fin du conflit et rappelé que les habitants attendaient cela depuis longtemps. La direction doit répondre avant la"
    " fin du mois, selon la préfecture.",
    "Spanish": "Los estibadores volvieron al trabajo el lunes tras dos semanas de huelga, informó el sindicato. El alcalde celebró"
    " el final del conflicto y recordó que los vecinos lo esperaban desde hacía tiempo. La empresa debe responder antes"
    " de que termine el mes.",
    "Dutch": "De havenarbeiders zijn maandag na twee weken staken weer aan het werk gegaan, zei de vakbond. De burgemeester was"
    " blij dat het over is en zei dat de stad er lang op had gewacht. De rederij moet voor het eind van de maand met een"
    " antwoord komen.",
    "Swedish": "Hamnarbetarna gick tillbaka till arbetet på måndagen efter två veckors strejk, uppgav facket. Borgmästaren var glad"
    " över att det är slut och sade att staden hade väntat länge. Rederiet ska svara före månadens slut, enligt ett"
    " besked som kom i går.",
    "Polish": "Dokerzy wrócili w poniedziałek do pracy po dwóch tygodniach strajku, poinformował związek. Burmistrz cieszył się,"
    " że to koniec, i dodał, że mieszkańcy długo na to czekali. Armator ma odpowiedzieć przed końcem miesiąca, jak wynika"
    " z komunikatu.",
    "Russian": "Докеры вернулись на работу в понедельник, сообщил профсоюз. Министерство не ответило на вопросы.",
    "Greek": "Οι λιμενεργάτες επέστρεψαν στη δουλειά τη Δευτέρα, ανακοίνωσε το συνδικάτο.",
    "Chinese": "码头工人周一复工，工会表示。" * 5,
}
ENGLISH = [
    PAGE,
    "Dockers went back. " * 50,
    "Results: Vantry 3, Sallow 1; Hessen 2, Tessmark 2. " * 3,
    "«Die Mannschaft» won again, and the coach said that the side had earned it: they ran more, they passed better, and nobody at the"
    " ground doubted who would lift the cup when the whistle went in front of forty thousand people on Sunday.",
]


@pytest.mark.parametrize("language", FOREIGN)
def test_texts_in_other_languages_are_kept_and_told(tmp_path, language):
    (tmp_path / "a.txt").write_text(FOREIGN[language], encoding="utf-8")
    corpus = read_corpus(tmp_path / "a.txt", outlet="X")
    assert (corpus[0].text, corpus[0].language) == (FOREIGN[language], "und")
    (told,) = [p for p in corpus.problems if "not in English" in p.reason]
    assert (told.reason, told.lost, told.article_id) == (
        "the article is not in English (by its words); the measures are made for English and mean little here",
        False,
        "a",
    )


@pytest.mark.parametrize("text", ENGLISH)
def test_english_is_taken_for_english(tmp_path, text):
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    corpus = read_corpus(tmp_path / "a.txt", outlet="X")
    assert corpus[0].language == "en"
    assert not [p for p in corpus.problems if "English" in p.reason]


def test_languages_of_a_table_are_told_once():
    frame = pd.DataFrame(
        {"text": [PAGE, FOREIGN["German"], FOREIGN["Dutch"]], "lang": [None, "de-AT", ""], "outlet": "X", "date": "2024-03-04"}
    )
    corpus = read_corpus(frame)
    assert [a.language for a in corpus] == ["en", "de", "und"]
    (told,) = corpus.problems
    assert (told.line, told.article_id, told.lost) == (2, "row-2", False)
    assert told.reason.startswith("2 of 3 articles (this is the first) are not in English (its language is given as 'de');")


LONE = "\ud83d"


@pytest.mark.parametrize("kind", ["jsonl", "json", "frame", "page.html"])
def test_half_characters_are_replaced_in_every_field(tmp_path, kind):
    row = {"id": "a" + LONE, "text": f"Dockers{LONE} went back.", "headline": LONE + "x", "outlet": "O" + LONE, "author": ["Jane" + LONE]}
    row |= {"date": "2024-03-04", "url": "https://x.example/" + LONE, "lean" + LONE: "left" + LONE, "story": LONE + "s"}
    if kind == "frame":
        row["lean\ufffd"] = row.pop("lean" + LONE)  # pandas takes no such name
        corpus = read_corpus(pd.DataFrame({name: pd.Series([cell], dtype=object) for name, cell in row.items()}))
    else:
        path = tmp_path / f"a.{kind}"
        linked = {"@type": "NewsArticle", "headline": "x" + LONE, "datePublished": "2024-03-04", "articleBody": row["text"]}
        page = f'<html><script type="application/ld+json">{json.dumps(linked | {"publisher": "O" + LONE})}</script><body></body></html>'
        path.write_text(page if kind == "page.html" else json.dumps(row), encoding="utf-8")
        corpus = read_corpus(path)
    article = corpus[0]
    repr((article, corpus.problems)).encode("utf-8")  # nothing in them that no encoding can write
    for words in (article.id, article.text, article.headline, article.outlet, article.url, *article.authors, *article.meta.items()):
        str(words).encode("utf-8")
    assert (article.text, article.outlet) == ("Dockers\ufffd went back.", "O\ufffd")
    told = corpus.problems[0]
    assert (told.article_id, told.lost) == (article.id, False)
    assert told.reason.startswith("half a character (a lone surrogate) in ")
    if kind != "page.html":
        assert (
            told.reason
            == "half a character (a lone surrogate) in id, text, outlet, headline, authors, url, meta; U+FFFD is put in its place"
        )
        assert (article.authors, dict(article.meta)) == (("Jane\ufffd",), {"lean\ufffd": "left\ufffd", "story": "\ufffds"})


def test_the_callers_words_and_single_articles_are_mended_too(tmp_path):
    (tmp_path / "a.md").write_text(PAGE)
    problems = []
    assert read_article(tmp_path / "a.md", outlet="X" + LONE, problems=problems).outlet == "X\ufffd"
    assert [p.reason for p in problems] == ["half a character (a lone surrogate) in outlet; U+FFFD is put in its place"]


def test_the_same_text_twice_is_told_of_one_outlet_only():
    texts = ["Dockers went back.", "Dockers  went\nback.", "Dockers went back.", "They did not."]
    frame = pd.DataFrame({"id": list("abcd"), "text": texts, "outlet": ["X", "X", "Y", "X"], "date": "2024-03-04"})
    (told,) = read_corpus(frame).problems
    assert (told.line, told.article_id, told.lost) == (2, "b", False)
    assert told.reason == "same text as 'a', of the same outlet; both are kept and both count"
    many = read_corpus(pd.DataFrame({"text": ["Dockers went back."] * 31, "outlet": "X", "date": "2024-03-04"}))
    assert (len(many), len(many.problems)) == (31, 21)
    assert many.problems[-1].reason == "10 more articles have the same text as another of their outlet (this is the first of them)"
