from __future__ import annotations

import datetime as dt
import json
import math
from pathlib import Path

import pandas as pd
import pytest

import framing as fr
from framing.choices import SOURCE_TYPES
from framing.measuring import measures
from framing.measuring.attribution import STANCES
from framing.tables import problem_table

PAGE = """“The port stays shut until we are heard,” said Bram Tolliver, the union leader. Ships turned back all day.

Interior Minister Karla Voss said the blockade was illegal. It was a terrible morning for the harbour, residents said."""


def article(number: int, outlet: str, **other: object) -> fr.Article:
    return fr.Article(
        id=f"a{number}",
        text=PAGE + f"\n\nNumber {number} sails.",
        outlet=outlet,
        headline="Port shut",
        date=dt.date(2024, 5, number + 1),
        **other,  # type: ignore[arg-type]
    )


@pytest.fixture(scope="module")
def corpus() -> fr.Corpus:
    outlets = ("The Vantry Herald", "The Daily Lantern")
    return fr.Corpus(
        [article(n, outlets[n % 2], meta={"story": f"s{n // 2}"}) for n in range(8)],
        problems=[fr.errors.Problem("x.csv", "no text", line=4), fr.errors.Problem("y.md", "no date", article_id="a1", lost=False)],
    )


@pytest.fixture(scope="module")
def tables(corpus: fr.Corpus) -> fr.Tables:
    return fr.analyze_corpus(corpus)


def test_one_row_an_article_with_every_measure(tables: fr.Tables) -> None:
    assert list(tables.articles.index) == [f"a{n}" for n in range(8)]
    assert tables.articles.index.name == "article_id"
    row = tables.articles.loc["a0"]
    assert (row.outlet, row.headline, row.story, row.engine) == ("The Vantry Herald", "Port shut", "s0", "encoder")
    assert row.date == pd.Timestamp("2024-05-01")
    assert row.n_words == 41
    assert row.n_sentences == 5
    assert {f"share_{kind}" for kind in SOURCE_TYPES} <= set(tables.articles)
    assert math.isclose(sum(row[f"share_{kind}"] for kind in SOURCE_TYPES), 1)
    assert row.share_quoted_words == pytest.approx(8 / 41)
    assert any(name.startswith("topic_") for name in tables.articles)


def test_who_speaks_first_and_how(tables: fr.Tables) -> None:
    assert {f"share_words_{kind}" for kind in SOURCE_TYPES} | {f"share_{stance}" for stance in STANCES} <= set(tables.articles)
    row = tables.articles.loc["a0"]
    assert (row.first_source_type, row.first_is_official) == ("civil_society", 0)
    assert math.isclose(sum(row[f"share_words_{kind}"] for kind in SOURCE_TYPES), 1)
    assert set(tables.attributions.stance) <= set(STANCES)
    assert tables.attributions.metonym.dtype == bool
    assert (tables.attributions.n_words == tables.attributions.content.str.count(r"\w+")).all()
    first = tables.attributions[tables.attributions.source != ""].groupby("article_id").source_type.first()
    assert first.tolist() == tables.articles.first_source_type.tolist()


def test_a_corpus_with_few_words_gets_no_topics() -> None:
    silent = [fr.Article(f"a{n}", "", outlet="Herald") for n in range(12)]
    assert not any(name.startswith("topic_") for name in fr.analyze_corpus(silent, engine="rules").articles)


def test_every_measure_that_has_a_name_is_a_column(tables: fr.Tables) -> None:
    columns = [column.name for measure in measures() for column in measure.all_columns]
    assert [name for name in tables.articles if name in columns] == columns


def test_tables_join_on_article_id(tables: fr.Tables) -> None:
    joined = tables.attributions.join(tables.articles[["date", "polarity"]], on="article_id")
    assert len(joined) == len(tables.attributions) >= 16
    assert joined.date.notna().all()
    assert set(tables.paragraphs.article_id) == set(tables.articles.index)


def test_numbers_lead_back_to_the_words(tables: fr.Tables, corpus: fr.Corpus) -> None:
    for row in tables.attributions.itertuples():
        text = corpus[row.article_id].text
        assert " ".join(row.cue.split()) in " ".join(text[row.start : row.end].split())
        assert row.sentence in " ".join(text.split())


def test_counts_agree_between_tables(tables: fr.Tables) -> None:
    said = tables.attributions[~tables.attributions.refusal & ~tables.attributions.headline]
    counted = said.groupby("article_id").size()
    assert counted.reindex(tables.articles.index, fill_value=0).tolist() == tables.articles.n_attributions.tolist()
    body = tables.paragraphs[tables.paragraphs.role == "body"].groupby("article_id").n_words.sum()
    assert body.reindex(tables.articles.index).tolist() == tables.articles.n_words.tolist()


def test_order_of_articles_and_processes_change_nothing(tables: fr.Tables, corpus: fr.Corpus) -> None:
    backwards = fr.analyze_corpus(fr.Corpus(reversed(corpus.articles)), n_jobs=2)
    pd.testing.assert_frame_equal(backwards.articles.loc[tables.articles.index], tables.articles)


def test_nothing_attributed_is_missing_and_not_zero() -> None:
    measures = fr.analyze("Ships wait outside the harbour.").measures
    assert measures["n_attributions"] == 0
    assert math.isnan(measures["share_official"])
    assert measures["share_quoted_words"] == 0
    empty = fr.analyze("").measures
    assert empty["n_words"] == 0
    assert math.isnan(empty["share_quoted_words"])
    assert math.isnan(empty["polarity"])


def test_small_corpora_have_the_same_tables(tables: fr.Tables) -> None:
    small = fr.analyze_corpus([fr.Article(id="x", text="Ships wait.")])
    for name in ("attributions", "notices", "targets", "paragraphs", "problems"):
        assert list(getattr(small, name)) == list(getattr(tables, name))
        assert (getattr(small, name).dtypes == getattr(tables, name).dtypes).all(), name
    assert [c for c in tables.articles if not c.startswith("topic_")] == list(small.articles)


def test_one_speaker_over_all_articles_however_spelt() -> None:
    forms = ("J.D. Vessel", "JD Vessel", "Anatol Renskyy", "Anatol Rensky")
    corpus = fr.Corpus([fr.Article(id=str(i), outlet="ABCD"[i], text=f"{name} said that it was over.") for i, name in enumerate(forms)])
    tables = fr.analyze_corpus(corpus, engine="rules")
    assert tables.attributions.groupby("speaker").size().to_dict() == {"J.D. Vessel": 2, "Anatol Renskyy": 2}
    assert list(tables.attributions["speaker_id"]) == ["jd vesel", "jd vesel", "anatol rensky", "anatol rensky"]
    both = tables.attributions.merge(tables.mentions, left_on=["article_id", "speaker_id"], right_on=["article_id", "target_id"])
    assert len(both) == len(forms)


def test_a_body_by_a_common_noun_is_nobody_across_articles() -> None:
    corpus = fr.Corpus([fr.Article(id=i, text="Police said that it was over.") for i in "ab"])
    attributions = fr.analyze_corpus(corpus, engine="rules").attributions
    assert list(attributions["speaker"]) == ["police", "police"]
    assert attributions["speaker_id"].isna().all()


@pytest.mark.parametrize("n_jobs", [1, 2])
def test_a_lost_quotation_mark_is_told(n_jobs: int) -> None:
    long = "It is a long day. " * 40
    corpus = fr.Corpus([fr.Article(id="a", text=f"He wrote: “It is over. {long}"), fr.Article(id="b", text="“Yes,” she said.")])
    tables = fr.analyze_corpus(corpus, engine="rules", n_jobs=n_jobs)
    assert list(tables.problems["article_id"]) == ["a"]
    assert tables.problems["reason"].iloc[0].startswith("1 quotation without a closing mark, the first '“It is over.'")
    assert not tables.problems["lost"].any()
    assert fr.analyze(corpus[0], engine="rules").to_dict()["problems"] == list(tables.problems["reason"])


def test_problems_are_kept(tables: fr.Tables) -> None:
    assert tables.problems.to_dict("records")[0]["line"] == 4
    assert tables.problems.lost.tolist() == [True, False]


def test_no_article_is_an_error_that_says_what_was_lost() -> None:
    with pytest.raises(fr.InputError) as caught:
        fr.analyze_corpus(fr.Corpus([], problems=[fr.errors.Problem("x.md", "empty file")], name="port"))
    assert str(caught.value) == "port holds no article to analyze (x.md: empty file)"


def test_stories_must_cover_the_corpus(corpus: fr.Corpus) -> None:
    with pytest.raises(fr.InputError, match=r"missing are a1, a2, a3 \(7 in all\)"):
        fr.analyze_corpus(corpus, stories=pd.Series({"a0": "s"}))


def test_each_analysis_is_handed_over_in_order_with_topics_and_problems(corpus: fr.Corpus) -> None:
    seen: list[fr.Analysis] = []
    fr.analyze_corpus(corpus, each=seen.append)
    assert [a.article.id for a in seen] == [a.id for a in corpus]
    assert seen[0].topics
    assert [p.reason for p in seen[1].problems] == ["no date"]
    record = json.loads(json.dumps(seen[1].to_dict(), allow_nan=False))
    assert record["problems"] == ["no date"]
    assert record["paragraphs"][0] == {"start": 0, "end": 106, "role": "body"}
    (start, end), *_ = record["attributions"][0]["content"]
    assert "port stays shut" in corpus["a1"].text[start:end]


@pytest.mark.parametrize("format", ["csv", "parquet"])
def test_written_tables_read_back(tables: fr.Tables, tmp_path: Path, format: str) -> None:
    folder = tables.write(tmp_path / "out", format=format)  # type: ignore[arg-type]
    read = pd.read_csv if format == "csv" else pd.read_parquet
    again = read(folder / f"attributions.{format}")
    assert again["content"].tolist() == tables.attributions["content"].tolist()
    assert (folder / "problems.csv").read_text(encoding="utf-8").splitlines()[1].startswith("x.csv,4,")


def test_cells_cannot_run_as_formulas(tmp_path: Path) -> None:
    bad = fr.Article(id="=1+1", text="Ships wait.", outlet='=HYPERLINK("http://x.example")', headline="@SUM(A1)")
    folder = fr.analyze_corpus([bad]).write(tmp_path)
    row = pd.read_csv(folder / "articles.csv").iloc[0]
    assert (row.article_id, row.outlet, row.headline) == ("'=1+1", '\'=HYPERLINK("http://x.example")', "'@SUM(A1)")
    assert row.polarity != row.polarity  # a number stays a number


def test_unknown_format(tables: fr.Tables, tmp_path: Path) -> None:
    with pytest.raises(fr.InputError, match="format must be one of csv, parquet, got 'xls'"):
        tables.write(tmp_path, format="xls")  # type: ignore[arg-type]


def test_problem_table_is_the_same_when_empty() -> None:
    assert list(problem_table([])) == ["where", "line", "article_id", "reason", "lost"]


def test_reprs_are_short_and_escaped() -> None:
    tables = fr.analyze_corpus([fr.Article(id="x", text="Ships wait.", outlet="<b>")])
    assert repr(tables).startswith("<Tables: articles 1, notices 0, attributions 0")
    assert "<b>" not in tables._repr_html_()


def test_an_analysis_shows_itself_in_a_line() -> None:
    assert repr(fr.analyze(fr.Article(id="x", text=PAGE))) == "<Analysis of 'x': 3 attributions, 0 notices, 38 words>"


def test_voice_of_a_sentence_is_of_most_of_its_words() -> None:
    text = "“The port stays shut until the ships are safe and paid for,” said Nadia Orlo, the mayor. “Shut,” said the mayor of Port Sallow."
    sentences = fr.analyze_corpus(fr.Corpus([fr.Article(id="a", text=text)]), engine="fast").sentences
    assert list(sentences["voice"]) == ["official", "outlet"]


TOWARD = """Nadia Orlo is a corrupt liar. Nadia Orlo opened the pier.

“Nadia Orlo has done wonderful work for us all,” said Karla Voss, the interior minister."""


def test_a_target_leads_to_its_worst_and_its_best_sentence() -> None:
    tables = fr.analyze_corpus([fr.Article(id="a", text=TOWARD, outlet="Herald")], engine="fast")
    orlo = tables.targets.set_index("target").loc["Nadia Orlo"]
    assert orlo.worst == "Nadia Orlo is a corrupt liar."
    assert orlo.best.startswith("“Nadia Orlo has done wonderful work")
    assert (orlo.worst_start, orlo.best_start) == (0, TOWARD.index("Nadia Orlo has done"))
    assert (orlo.n_negative, orlo.n_neutral, orlo.n_positive, orlo.n_mentions) == (1, 1, 1, 3)
    first, second, third = tables.mentions[tables.mentions["target"] == "Nadia Orlo"].tone
    assert first < second < third
    assert orlo.tone == pytest.approx((first + second + third) / 3)
    assert (orlo.n_outlet, orlo.tone_outlet) == (2, pytest.approx((first + second) / 2))  # the third is Voss's


def test_targets_are_the_names_of_most_articles_and_not_those_named_most() -> None:
    often = "Karla Voss met Karla Voss, and Karla Voss sat with Karla Voss. Tobias Renk slept."
    pages = [fr.Article("a", often), fr.Article("b", "Tobias Renk slept in the port.")]
    tables = fr.analyze_corpus(pages, engine="fast", n_targets=1)
    assert tables.mentions["target"].value_counts()["Karla Voss"] > 2
    assert set(tables.targets["target"]) == {"Tobias Renk"}
    assert list(tables.targets["article_id"]) == ["a", "b"]


def test_a_mention_is_of_the_voice_that_speaks_it() -> None:
    text = "“Tobias Renk lied,” said Karla Voss, the interior minister. Tobias Renk slept."
    mentions = fr.analyze_corpus([fr.Article("a", text)], engine="fast").mentions
    assert list(zip(mentions["target"], mentions["voice"], strict=True)) == [
        ("Tobias Renk", "official"),
        ("Karla Voss", "outlet"),
        ("Tobias Renk", "outlet"),
    ]
