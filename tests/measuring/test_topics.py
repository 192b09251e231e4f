"""Topics: small corpora by hand, what must not change a result, and agreement with topics given by a collection."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.base import clone

from framing.article import Article, Corpus, Paragraph
from framing.errors import InputError, NotFittedError
from framing.measuring.topics import TopicModel
from framing.text import Span

THEMES = {
    "harbour": "dockers strike harbour pier crane union tolliver shift cargo",
    "budget": "budget assembly crown tax deficit subsidy treasury renk vote",
    "flood": "flood river valley rain dam hessen rescue village boat",
}


def world(n_each: int = 8) -> list[Article]:
    rng = np.random.default_rng(4)
    return [
        Article(f"{theme}{n}", " ".join(rng.choice(words.split(), size=30)), outlet="Herald")
        for theme, words in THEMES.items()
        for n in range(n_each)
    ]


def test_topics_are_found_and_articles_belong_to_theirs() -> None:
    pages = world()
    model = TopicModel(n_topics=3)
    shares = model.fit_transform(Corpus(pages))
    assert shares.shape == (24, 3)
    assert shares.index.name == "article_id"
    assert list(shares.columns) == list(model.get_feature_names_out())
    assert (shares.dtypes == "float64").all()
    assert shares.sum(axis=1).to_numpy() == pytest.approx(1)
    assert (shares.to_numpy() >= 0).all()
    dominant = shares.idxmax(axis=1)
    for theme, words in THEMES.items():
        mine = dominant[[name for name in shares.index if name.startswith(theme)]]
        assert mine.nunique() == 1
        label = model.labels_[list(shares.columns).index(mine.iloc[0])]
        assert set(label.split(" · ")) <= set(words.split())
    assert model.converged_
    assert model.n_articles_ == 24
    assert model.components_.sum(axis=1) == pytest.approx(1)


def test_labels_and_columns_are_distinct_and_safe() -> None:
    model = TopicModel(n_topics=3, n_label_words=4).fit(world())
    words = [word for label in model.labels_ for word in label.split(" · ")]
    assert len(words) == len(set(words)) == 12
    columns = list(model.get_feature_names_out())
    assert len(set(columns)) == 3
    assert all(column.startswith("topic_") and column.isascii() and column.isidentifier() for column in columns)


def test_top_words_carry_weights() -> None:
    model = TopicModel(n_topics=3).fit(world())
    table = model.top_words_
    assert list(table.columns) == ["topic", "label", "word", "rank", "weight"]
    for topic, several in table.groupby("topic"):
        assert several["rank"].tolist() == list(range(1, len(several) + 1))
        assert several["weight"].is_monotonic_decreasing
        column = model.vocabulary_[several["word"].iloc[0]]
        assert several["weight"].iloc[0] == model.components_[topic, column]


@settings(max_examples=12, deadline=None)
@given(st.permutations(world(4)))
def test_order_changes_nothing(order: list[Article]) -> None:
    expected = TopicModel(n_topics=3).fit_transform(world(4))
    pd.testing.assert_frame_equal(TopicModel(n_topics=3).fit_transform(order).loc[expected.index], expected, check_exact=True)


def test_an_article_is_weighed_by_itself() -> None:
    pages = world()
    model = TopicModel(n_topics=3)
    together = model.fit_transform(pages)
    for article in pages[::5]:
        pd.testing.assert_frame_equal(model.transform([article]), together.loc[[article.id]], check_exact=True)


def test_no_known_word_gives_nan() -> None:
    model = TopicModel(n_topics=3).fit(world())
    shares = model.transform([Article("new", "zebra quilts"), Article("empty", ""), Article("known", "harbour strike")])
    assert shares.isna().all(axis=1).tolist() == [True, True, False]
    assert model.transform([]).shape == (0, 3)


def test_only_the_body_is_read() -> None:
    text = "dockers strike harbour\n\nbudget assembly tax"
    page = Article("p", text, paragraphs=(Paragraph(Span(0, 22), "caption"), Paragraph(Span(24, len(text)), "body")))
    model = TopicModel(n_topics=3).fit(world())
    with_caption, without = model.transform([page]), model.transform([Article("p", "budget assembly tax")])
    pd.testing.assert_frame_equal(with_caption, without)


def test_numbers_stop_words_and_possessives_are_no_words_of_their_own() -> None:
    texts = ["The harbour’s 2026 strike said it", "Harbour strike in 2026, they said", "The budget vote's 2026", "A budget vote: 2026"]
    model = TopicModel(n_topics=2).fit([Article(str(n), text) for n, text in enumerate(texts)])
    assert set(model.vocabulary_) == {"harbour", "strike", "budget", "vote"}


def test_small_corpora() -> None:
    two = [Article("a", "harbour strike"), Article("b", "budget vote")]
    assert TopicModel(n_topics=2).fit_transform(two).shape == (2, 2)
    with pytest.raises(InputError) as caught:
        TopicModel(n_topics=10).fit(two)
    assert str(caught.value) == (
        "n_topics=10 needs at least as many articles and as many known words, got 2 articles with known words (of 2) and 4 words; "
        "accepted here: n_topics from 2 to 2"
    )
    for bare in ([], [Article("a", "the of")]):
        with pytest.raises(InputError, match="n_topics=10 needs at least as many articles with known words, got none"):
            TopicModel().fit(bare)


def test_copies_of_one_article_do_not_break_the_model() -> None:
    shares = TopicModel(n_topics=2).fit_transform([Article(str(n), "harbour strike crane dockers") for n in range(6)])
    assert shares.sum(axis=1).to_numpy() == pytest.approx(1)


@pytest.mark.parametrize(
    "options,message",
    [
        ({"n_topics": 1}, "n_topics must be a whole number, 2 or more, got 1"),
        ({"n_topics": 2.5}, "n_topics must be a whole number, 2 or more, got 2.5"),
        ({"n_label_words": 0}, "n_label_words must be a whole number, 1 or more, got 0"),
        ({"max_features": 1}, "max_features must be a whole number, 2 or more, got 1"),
    ],
)
def test_options_out_of_range(options: dict[str, float], message: str) -> None:
    with pytest.raises(InputError) as caught:
        TopicModel(**options).fit(world())  # type: ignore[arg-type]
    assert str(caught.value) == message


def test_one_article_is_not_a_corpus() -> None:
    with pytest.raises(InputError, match="expected a Corpus or articles, got Article"):
        TopicModel().fit(world()[0])  # type: ignore[arg-type]
    with pytest.raises(InputError, match="expected a Corpus or articles, got int"):
        TopicModel().fit([1])  # type: ignore[list-item]


@pytest.mark.parametrize("call", [lambda m: m.transform([]), lambda m: m.get_feature_names_out()])
def test_before_fit(call: object) -> None:
    with pytest.raises(NotFittedError, match=r"this TopicModel knows no topics yet: call fit\(corpus\) first"):
        call(TopicModel())  # type: ignore[operator]


def test_scikit_learn_conventions() -> None:
    model = TopicModel(n_topics=4, seed=7)
    assert model.get_params() == {"n_topics": 4, "seed": 7, "n_label_words": 3, "max_features": 10_000, "max_iter": 400}
    assert clone(model).get_params() == model.get_params()
    assert model.set_params(n_topics=3).n_topics == 3
    assert not math.isnan(model.fit(world()).transform(world()).iloc[0, 0])


def test_hostile_words() -> None:
    pages = [*world(), Article("long", "x" * 2_000_000), Article("marks", "<b>" * 100_000), Article("odd", "ümläute ΑΒΓ 東京 " * 50)]
    shares = TopicModel(n_topics=3).fit_transform(pages)
    assert shares.loc["long"].isna().all()
