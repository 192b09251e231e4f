"""CSV, TSV, Parquet, DataFrames, JSON and JSON lines."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import json

import pandas as pd
import pytest

from framing.article import Paragraph
from framing.errors import InputError, ReadingError
from framing.readers import read_article, read_corpus
from framing.readers.records import match_columns

TEXT = "Dockers went back to work on Monday, the union said.\n\nThe ministry did not answer."
ROW = {
    "id": "a1",
    "text": TEXT,
    "title": "Dockers return",
    "outlet": "The Sallow Tribune",
    "date": "2024-03-04",
    "url": "https://sallowtribune.example/1",
    "authors": "Jane Doe, John Roe",
    "lean": "left",
}


def write(path, content):
    path.write_text(content, encoding="utf-8", newline="")
    return path


def only(corpus):
    assert [str(p) for p in corpus.problems] == []
    assert len(corpus) == 1
    return corpus[0]


def check(article):
    assert (article.id, article.text, article.headline, article.outlet) == ("a1", TEXT, "Dockers return", "The Sallow Tribune")
    assert (article.date, article.url) == (dt.date(2024, 3, 4), "https://sallowtribune.example/1")
    assert article.authors == ("Jane Doe", "John Roe")
    assert dict(article.meta) == {"lean": "left"}
    assert [p.role for p in article.paragraphs] == ["body", "body"]


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("kind", ["csv", "semicolons.csv", "tsv", "json", "list.json", "wrapped.json", "jsonl", "parquet"])
def test_every_format_gives_the_same_article(tmp_path, kind, packed):
    frame = pd.DataFrame([ROW])
    path = tmp_path / f"articles.{kind}"
    if kind == "csv":
        frame.to_csv(path, index=False)
    elif kind == "semicolons.csv":
        frame.to_csv(path, index=False, sep=";")
    elif kind == "tsv":
        frame.to_csv(path, index=False, sep="\t")
    elif kind == "parquet":
        frame.to_parquet(path)
    else:
        value = {"json": ROW, "list.json": [ROW], "wrapped.json": {"status": "ok", "articles": [ROW]}, "jsonl": ROW}[kind]
        write(path, json.dumps(value) + "\n")
    if packed:
        zipped = path.with_name(path.name + ".gz")
        zipped.write_bytes(gzip.compress(path.read_bytes()))
        path.unlink()
        path = zipped
    check(only(read_corpus(path)))
    check(read_article(path))


def test_data_frame():
    check(only(read_corpus(pd.DataFrame([ROW]))))
    dated = pd.DataFrame([ROW]).assign(date=pd.Timestamp("2024-03-04 10:00"), lean=None, story=3)
    article = only(read_corpus(dated))
    assert article.date == dt.date(2024, 3, 4)
    assert article.meta == {"story": "3"}


def test_data_frame_ids_come_from_a_named_index():
    frame = pd.DataFrame({"text": [TEXT, TEXT], "date": "2024-03-04", "outlet": "X"})
    assert [a.id for a in read_corpus(frame)] == ["row-1", "row-2"]
    assert [a.id for a in read_corpus(frame.set_index(pd.Index(["p", "q"])))] == ["p", "q"]


def test_data_frame_without_text_is_an_error():
    with pytest.raises(ReadingError) as error:
        read_corpus(pd.DataFrame({"headline": ["x"], "paper": ["y"]}))
    assert (
        str(error.value)
        == "no column with the text; the columns found are 'headline', 'paper'; name it with columns={'text': ...} (--column text=...)"
    )


@pytest.mark.parametrize(
    ("columns", "matched"),
    [
        ("id,text,url,source,source-hostname,date,author,hostname", {"outlet": "source-hostname", "authors": "author"}),  # trafilatura
        ("url,title,authors,publish_date,text,meta_site_name", {"outlet": "meta_site_name", "date": "publish_date"}),  # newspaper4k
        ("authors,date_publish,maintext,source_domain,title,url", {"text": "maintext", "outlet": "source_domain", "date": "date_publish"}),
        ("title,plaintext,body,authors,publishing_date", {"text": "plaintext", "date": "publishing_date"}),  # fundus
        (
            "id,title,author,published_date,link,domain_url,content",
            {"url": "link", "outlet": "domain_url", "text": "content"},
        ),  # NewsCatcher
        ("source.id,source.name,title,url,publishedAt,content", {"outlet": "source.name", "date": "publishedAt"}),  # NewsAPI
        ("id,date,source,title,content,author,published,published_utc,url", {"outlet": "source", "date": "date"}),  # NELA-GT
        (
            "Full Text,Title,Publication title,Publication date",
            {"text": "Full Text", "outlet": "Publication title", "date": "Publication date"},
        ),
        ("TEXT,Byline,Agency,Language,Event", {"text": "TEXT", "authors": "Byline", "agency": "Agency", "story": "Event"}),
    ],
)
def test_columns_are_guessed(columns, matched):
    found = match_columns(columns.split(","), {})
    assert {field: found.get(field) for field in matched} == matched


def test_columns_can_be_named(tmp_path):
    path = write(tmp_path / "a.csv", "Inhalt,Zeitung,text,Tag\nDockers went back.,Herald,not this,4.3.2024\n")
    corpus = read_corpus(path, columns={"text": "Inhalt", "outlet": "Zeitung", "date": "Tag"})
    (article,) = corpus
    assert [p.reason for p in corpus.problems] == [
        "no headline in 1 of 1 rows (this is the first); the columns found are 'Inhalt', 'Zeitung', 'text', 'Tag'; name the one with it"
        " in columns={'headline': ...} (--column headline=...)"
    ]
    assert (article.text, article.outlet, article.date) == ("Dockers went back.", "Herald", dt.date(2024, 3, 4))
    assert article.meta == {"text": "not this"}
    path = write(tmp_path / "b.jsonl", '{"Inhalt": "Dockers went back.", "outlet": "H", "date": "4.3.2024"}')
    assert only(read_corpus(path, columns={"text": "Inhalt"})).text == "Dockers went back."


def test_a_wrong_mapping_names_what_is_there(tmp_path):
    path = write(tmp_path / "a.csv", "text,paper\nDockers went back.,Herald\n")
    told = "no column 'Paper' (named for outlet); the columns found are 'text', 'paper'"
    for read in (read_corpus, read_article):
        with pytest.raises(ReadingError) as error:
            read(path, columns={"outlet": "Paper"})
        assert str(error.value) == f"{path}: {told}"
    frame = pd.read_csv(path)
    with pytest.raises(ReadingError) as error:
        read_corpus(frame, columns={"outlet": "Paper"})
    assert str(error.value) == told
    good = write(tmp_path / "b.csv", "text,Paper,date\nDockers went back.,Herald,2024-03-04\n")
    corpus = read_corpus([path, good, frame], columns={"outlet": "Paper"})
    assert [a.outlet for a in corpus] == ["Herald"]
    assert [(str(p), p.lost) for p in corpus.problems] == [(f"{path}: {told}", True), (f"DataFrame: {told}", True)]
    with pytest.raises(InputError) as error:
        read_corpus(path, columns={"newspaper": "paper"})
    assert str(error.value) == (
        "columns: 'newspaper' is not a field of an article; the fields are id, text, headline, outlet, agency, authors, date, url,"
        " language, story (as in columns={'text': 'Body'})"
    )


def test_outlets_are_looked_up_where_the_column_holds_hosts():
    frame = pd.DataFrame(
        {"text": [TEXT] * 4, "source_domain": ["www.nytimes.com", "x.example", None, "NPR"], "url": [None, None, "https://cnn.com/1", None]}
    )
    assert [a.outlet for a in read_corpus(frame)] == ["The New York Times", "x.example", "CNN", "NPR"]
    named = pd.DataFrame({"text": [TEXT], "outlet": ["TheBlaze.com"]})
    assert read_corpus(named)[0].outlet == "TheBlaze.com"
    assert read_corpus(named, outlet="Mine")[0].outlet == "Mine"


def test_agencies_are_kept_apart_from_outlets():
    texts = ["VANTRY (AP) — Dockers went back to work.", "Dockers went back.\n\n© 2024 AFP", "Dockers went back."]
    frame = pd.DataFrame(
        {"text": [*texts, texts[0]], "outlet": ["Herald", "Herald", "Herald", "Associated Press"], "author": ["", "", "By Reuters", ""]}
    )
    corpus = read_corpus(frame)
    assert [a.agency for a in corpus] == ["AP", "AFP", "Reuters", None]
    assert [a.authors for a in corpus] == [()] * 4


def test_dates_missing_and_unreadable(tmp_path):
    path = write(
        tmp_path / "a.csv",
        "text,date,outlet,url\nOne.,2024-03-04,A,\nTwo.,,A,\nThree.,soon,A,\nFour.,,A,https://a.example/2024/03/05/x\nFive.,,A,\n",
    )
    corpus = read_corpus(path)
    assert [a.date for a in corpus] == [dt.date(2024, 3, 4), None, None, dt.date(2024, 3, 5), None]
    assert [(p.line, p.lost, p.reason[:40]) for p in corpus.problems] == [
        (4, False, "no date could be read from 'soon'; accep"),
        (3, False, "no date in 2 of 5 rows (this is the firs"),
    ]
    assert corpus.problems[1].reason == "no date in 2 of 5 rows (this is the first); the column 'date' is empty there"
    assert corpus.problems[0].article_id == "a-3"


@pytest.mark.parametrize(
    ("dates", "read", "doubt"),
    [
        (["3/4/24", "25/12/2024"], ["2024-04-03", "2024-12-25"], None),
        (["3-4-2024", "25-12-2024", None], ["2024-04-03", "2024-12-25", None], "no date in 1 of 3 rows"),
        (["3/4/24", "12/25/2024"], ["2024-03-04", "2024-12-25"], None),
        (["3/3/24", "2024-03-04", "4 March 2024", "3.4.2024"], ["2024-03-03", "2024-03-04", "2024-03-04", "2024-04-03"], None),
        (
            ["2024-01-02", "3/4/24", "5/6/24"],
            ["2024-01-02", "2024-03-04", "2024-05-06"],
            "nothing in the column 'day' tells whether the day or the month is first in its dates: 2 like '3/4/24' are read with the month"
            " first, this one as 2024-03-04; to settle it, give them as YYYY-MM-DD (pandas.to_datetime(frame['day'], dayfirst=True) reads"
            " the day first)",
        ),
        (
            ["3/4/24", "25/12/2024", "12/25/2024"],
            ["2024-03-04", "2024-12-25", "2024-12-25"],
            "the dates in the column 'day' contradict each other: '25/12/2024' has the day first, '12/25/2024' the month; 1 that could be"
            " either are read with the month first",
        ),
    ],
)
def test_the_column_settles_whether_the_day_or_the_month_is_first(dates, read, doubt):
    texts = [f"Dockers went back on day {number}." for number in range(len(dates))]
    corpus = read_corpus(pd.DataFrame({"text": texts, "day": dates, "outlet": "X"}), columns={"date": "day"})
    assert [a.date and a.date.isoformat() for a in corpus] == read
    assert [p.lost for p in corpus.problems] == [False] * (doubt is not None)
    assert doubt is None or corpus.problems[0].reason.startswith(doubt)


def test_the_columns_found_are_named_where_a_field_is_missing():
    frame = pd.DataFrame({"text": ["Dockers went back.", "They did not."], "Schlagzeile": "Docks", "Zeitung": "Herald", "Tag": "4.3.2024"})
    found = "the columns found are 'text', 'Schlagzeile', 'Zeitung', 'Tag'; name the one with it in columns="
    assert [(p.line, p.lost, p.reason) for p in read_corpus(frame).problems] == [
        (1, False, f"no date in 2 of 2 rows (this is the first); {found}{{'date': ...}} (--column date=...)"),
        (
            1,
            False,
            f"no outlet in 2 of 2 rows (this is the first); {found}{{'outlet': ...}} (--column outlet=...) or give outlet=... (--outlet)",
        ),
        (1, False, f"no headline in 2 of 2 rows (this is the first); {found}{{'headline': ...}} (--column headline=...)"),
    ]
    assert read_corpus(frame, columns={"date": "Tag", "outlet": "Zeitung", "headline": "Schlagzeile"}).problems == ()


def test_keys_that_some_objects_lack_are_no_wrong_columns(tmp_path):
    rows = [{"Inhalt": "Dockers went back.", "Tag": "2024-03-04"}, {"Inhalt": "They did not."}, {"text": "Nor here.", "Tag": "2024-03-04"}]
    path = write(tmp_path / "a.jsonl", "\n".join(map(json.dumps, rows)))
    corpus = read_corpus(path, columns={"text": "Inhalt", "date": "Tag"}, outlet="X")
    assert [a.text for a in corpus] == ["Dockers went back.", "They did not."]
    assert [(p.line, p.lost, p.reason[:28]) for p in corpus.problems[:2]] == [
        (3, True, "no text in the column 'Inhal"),
        (2, False, "no date in 1 of 3 rows (this"),
    ]


def test_hosts_beside_names_are_told_once():
    frame = pd.DataFrame(
        {
            "text": ["One.", "Two.", "Three.", "Four."],
            "outlet": ["The Sallow Tribune", None, None, None],
            "url": [None, "https://x.example/1", "https://y.example/1", "https://www.npr.org/1"],
            "date": "2024-03-04",
        }
    )
    corpus = read_corpus(frame)
    assert [a.outlet for a in corpus] == ["The Sallow Tribune", "x.example", "y.example", "NPR"]
    (told,) = corpus.problems
    assert (told.line, told.lost) == (2, False)
    assert told.reason.startswith("no outlet named in 2 of 4 rows (this is the first): the host of the url ('x.example') stands for it")
    assert read_corpus(frame.iloc[1:3]).problems == ()


def test_rows_without_text_are_named(tmp_path):
    path = write(tmp_path / "a.csv", 'id,text,date,outlet\na,Dockers went back.,2024-03-04,X\nb,"  ",2024-03-04,X\nc,nan,2024-03-04,X\n')
    corpus = read_corpus(path)
    assert [a.id for a in corpus] == ["a", "c"]  # "nan" is text where text is expected
    (problem,) = corpus.problems
    assert (str(problem), problem.article_id, problem.lost) == (f"{path}:3: no text in the column 'text'", "b", True)


def test_lines_are_those_of_the_file_whatever_the_cells_hold(tmp_path):
    path = write(
        tmp_path / "a.csv",
        'id,text,date,outlet\r\na,"one\r\n\r\ntwo",2024-03-04,X\r\n\r\nb,,2024-03-04,X\r\nc,"x\ny",2024-03-04,X\r\nd,,2024-03-04,X\r\n',
    )
    corpus = read_corpus(path)
    assert [a.text for a in corpus] == ["one\r\n\r\ntwo", "x\ny"]
    assert [p.line for p in corpus.problems] == [6, 9]


def test_ragged_rows(tmp_path):
    path = write(
        tmp_path / "a.csv",
        "id,text,date,outlet\na,one, two and three,2024-03-04,X\nb,Fine.,2024-03-04,X\nc,Short.\nd,Fine.,2024-03-04,X,,\n",
    )
    corpus = read_corpus(path, outlet="X")
    assert [a.id for a in corpus] == ["b", "c", "d"]
    assert [(p.line, p.lost, p.reason) for p in corpus.problems[:2]] == [
        (2, True, "5 cells where the first line has 4; is a cell with ',' in it not quoted?"),
        (4, False, "2 cells where the first line has 4; the rest are taken as empty"),
    ]


def test_a_quotation_mark_never_closed_is_told(tmp_path):
    path = write(tmp_path / "a.csv", 'id,text,date\na,Fine.,2024-03-04\nb,"Open to the end.,2024-03-04\nc,Lost.,2024-03-04\n')
    corpus = read_corpus(path, outlet="X")
    assert [a.id for a in corpus] == ["a"]
    (problem,) = corpus.problems
    assert str(problem) == f"{path}:3: a quotation mark opened in this row is never closed: all that follows is in one cell"


def test_a_tab_separated_table_that_quotes_nothing_keeps_its_marks(tmp_path):
    path = write(tmp_path / "a.tsv", 'text\tdate\n"We won," said the mayor.\t2024-03-04\nNobody else did.\t2024-03-04\n')
    assert [a.text for a in read_corpus(path, outlet="X")] == ['"We won," said the mayor.', "Nobody else did."]


def test_long_cells(tmp_path):
    before = csv.field_size_limit()
    path = write(tmp_path / "a.csv", "text,date,outlet\n" + "Dockers went back. " * 20_000 + ",2024-03-04,X\n")
    assert len(only(read_corpus(path)).text) == 380_000
    assert csv.field_size_limit() == before


@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
def test_a_number_of_any_length_stops_nothing(tmp_path, name):
    digits = "7" * 5000
    corpus = read_corpus(write(tmp_path / name, f'{{"id": 12, "text": "Dockers went back.", "shares": {digits}}}\n'))
    assert (corpus[0].id, corpus[0].meta) == ("12", {"shares": digits})


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        (
            "a.csv",
            "headline,paper\nx,y\n",
            "no column with the text; the columns found are 'headline', 'paper'; name it with columns={'text': ...} (--column text=...)",
        ),
        ("a.csv", "  \n \n", "the file is empty"),
        ("a.json", '{"text": ', "not JSON (line 1, column 10: Expecting value)"),
        ("a.json", "[]", "no objects in the JSON; accepted are an object, a list of objects, or an object with such a list as 'articles'"),
        ("a.json", "3", "no objects in the JSON; accepted are an object, a list of objects, or an object with such a list as 'articles'"),
        ("a.json", "[" * 100_000, "not read: the JSON is nested too deep"),
        ("a.parquet", "PAR1 and no more", "not a whole Parquet file"),
        ("a.parquet", "nothing", "not a whole Parquet file"),
    ],
)
def test_files_that_cannot_be_read(tmp_path, name, content, reason):
    path = write(tmp_path / name, content)
    corpus = read_corpus(path)
    assert len(corpus) == 0
    (problem,) = corpus.problems
    assert problem.lost
    assert str(problem).startswith(f"{path}: {reason}")
    with pytest.raises(ReadingError) as error:
        read_article(path)
    assert str(error.value) == str(problem)


def test_broken_lines_of_json_lines_are_named(tmp_path):
    good = json.dumps(ROW)
    lines = [
        good,
        "",
        good[:40],
        "[1, 2]",
        '{"id": "b", "headline": "no text"}',
        json.dumps(ROW | {"id": "c", "text": "One\u2028two."}, ensure_ascii=False),
    ]
    corpus = read_corpus(write(tmp_path / "a.jsonl", "\n".join(lines)))
    assert [a.id for a in corpus] == ["a1", "c"]
    assert [(p.line, p.lost) for p in corpus.problems] == [(3, True), (4, True), (5, True)]
    assert corpus.problems[0].reason.startswith("not JSON (column ")
    assert corpus.problems[1].reason == "not an object but list"
    assert corpus.problems[2].reason.startswith("no column with the text; the columns found are 'id', 'headline'")


def test_json_lines_under_another_name(tmp_path):
    path = write(tmp_path / "a.json", json.dumps(ROW) + "\n" + json.dumps(ROW | {"id": "b"}) + "\n")
    assert [a.id for a in read_corpus(path)] == ["a1", "b"]


def test_nested_json(tmp_path):
    news_api = {
        "status": "ok",
        "totalResults": 1,
        "articles": [
            {
                "source": {"id": None, "name": "Open Ledger"},
                "author": "Nora Finch",
                "title": "T",
                "publishedAt": "2024-03-04T08:00:00Z",
                "content": "Cut off here… [+1234 chars]",
            }
        ],
    }
    corpus = read_corpus(write(tmp_path / "a.json", json.dumps(news_api)))
    assert (corpus[0].outlet, corpus[0].authors, corpus[0].date) == ("Open Ledger", ("Nora Finch",), dt.date(2024, 3, 4))
    assert [(p.reason, p.lost) for p in corpus.problems] == [("the text is cut at its end (the source gives only a part)", False)]
    fundus = {
        "title": "T",
        "body": {"summary": ["Dek."], "sections": [{"headline": ["Sub"], "paragraphs": ["One.", "Two."]}]},
        "authors": ["Jane Doe"],
        "publishing_date": "2024-03-04 08:00:00+00:00",
        "publisher": "X",
    }
    assert only(read_corpus(write(tmp_path / "b.json", json.dumps(fundus)))).text == "Dek.\n\nSub\n\nOne.\n\nTwo."
    events = {"id": 7, "date": "2024-03-04", "articles": [{"text": "One.", "outlet": "A"}, {"text": "Two.", "outlet": "B", "id": "own"}]}
    corpus = read_corpus(write(tmp_path / "c.jsonl", json.dumps(events)))
    assert [(a.id, a.text, a.outlet, a.date) for a in corpus] == [
        ("7-1", "One.", "A", dt.date(2024, 3, 4)),
        ("own", "Two.", "B", dt.date(2024, 3, 4)),
    ]
    by_id = {"x": {"text": "One.", "outlet": "A", "date": "2024-03-04"}, "y": {"text": "Two.", "outlet": "A", "date": "2024-03-04"}}
    assert [a.id for a in read_corpus(write(tmp_path / "d.json", json.dumps(by_id)))] == ["x", "y"]


def test_a_table_of_several_articles_is_no_article(tmp_path):
    path = write(tmp_path / "a.csv", "text\none\ntwo\n")
    with pytest.raises(ReadingError) as error:
        read_article(path)
    assert str(error.value) == f"{path}: 2 articles in it; read them with read_corpus"


def test_ids_taken_twice_get_a_number(tmp_path):
    path = write(
        tmp_path / "a.csv", "id,text,date,outlet\na,One.,2024-03-04,X\na,Two.,2024-03-04,X\na-2,Three.,2024-03-04,X\na,Four.,2024-03-04,X\n"
    )
    corpus = read_corpus(path)
    assert [a.id for a in corpus] == ["a", "a-2", "a-2-2", "a-3"]
    assert [(p.line, p.lost, p.article_id) for p in corpus.problems] == [(3, False, "a-2"), (4, False, "a-2-2"), (5, False, "a-3")]
    assert corpus.problems[0].reason == f"the id 'a' is already taken (by {path}:2); this article is kept as 'a-2'"


def test_mojibake_is_noted_and_left(tmp_path):
    path = write(tmp_path / "a.csv", "text,date,outlet\nThe mayorâ€™s cafÃ© and SÃO Paulo,2024-03-04,X\n")
    corpus = read_corpus(path)
    assert corpus[0].text == "The mayorâ€™s cafÃ© and SÃO Paulo"
    assert [(p.line, p.lost, p.reason) for p in corpus.problems] == [
        (2, False, "2 signs of a wrong encoding in the text, as in 'mayorâ€™s'; it is left as it is")
    ]


def test_gold_samples_are_read_whole(gold_dir):
    corpus = read_corpus(gold_dir / "polnear_dev.jsonl.gz")
    assert (len(corpus), corpus.problems) == (84, ())
    assert all(article.date and article.outlet for article in corpus)
    with gzip.open(gold_dir / "polnear_dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        assert [article.text for article in corpus] == [json.loads(line)["text"] for line in lines]


def test_all_of_allsides(gold_dir, monkeypatch):
    def all_body(text, blocks, *, headline=None):  # roles have their own tests, and take most of the time
        return tuple(Paragraph(block) for block in blocks)

    monkeypatch.setattr("framing.readers.records.assign_roles", all_body)
    corpus = read_corpus(gold_dir / "allsides_sample.jsonl.gz")
    assert len(corpus) == 6060
    assert not [problem for problem in corpus.problems if problem.lost]
    assert len(corpus.problems) == 4  # three texts with a wrong encoding, one count of missing dates
    assert sum(article.date is None for article in corpus) == 672
