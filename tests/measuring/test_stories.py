"""Stories: small worlds by hand, what must not change a result, and B-cubed F1 on coded events."""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import json
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framing.article import Article, Corpus
from framing.errors import InputError
from framing.measuring.stories import find_stories

DAY = dt.date(2026, 3, 2)

STRIKE = [
    "Dockers in Port Sallow walked out on Monday after talks on night shifts broke down, union leader Bram Tolliver said.",
    "Talks on night shifts collapsed and Port Sallow dockers walked out, their leader Bram Tolliver told members.",
    "A walkout of dockers closed Port Sallow on Monday; Bram Tolliver blamed the port for the failed night shift talks.",
]
BUDGET = [
    "The Assembly passed the budget by two votes after finance officials trimmed farm subsidies, prime minister Tobias Renk said.",
    "By a margin of two votes the budget cleared the Assembly; Tobias Renk praised the trimmed farm subsidies.",
]
FLOOD = ["Flood water covered three villages in the Hessen Valley and crews carried families from rooftops."]


def pages(texts: list[str], prefix: str, date: dt.date | None = DAY, **meta: object) -> list[Article]:
    return [Article(f"{prefix}{n}", text, date=date, meta=meta) for n, text in enumerate(texts)]


def groups(stories: pd.Series) -> set[frozenset[str]]:
    return {frozenset(several.index) for _, several in stories.groupby(stories)}


WORLD = pages(STRIKE, "s") + pages(BUDGET, "b") + pages(FLOOD, "f")
EXPECTED = {frozenset({"s0", "s1", "s2"}), frozenset({"b0", "b1"}), frozenset({"f0"})}


def test_articles_on_one_event_share_a_story() -> None:
    stories = find_stories(Corpus(WORLD))
    assert groups(stories) == EXPECTED
    assert stories.name == "story"
    assert stories.index.name == "article_id"
    assert list(stories.index) == [article.id for article in WORLD]


def test_a_story_is_named_after_its_earliest_article() -> None:
    late = [Article(a.id, a.text, date=DAY + dt.timedelta(days=1 if a.id == "s0" else 0)) for a in WORLD]
    assert find_stories(late)["s0"] == "story-s1"
    assert find_stories(WORLD)["s2"] == "story-s0"
    assert find_stories(WORLD)["f0"] == "story-f0"


@pytest.mark.parametrize("gap,together", [(0, True), (3, True), (4, False), (400, False)])
def test_no_story_is_longer_than_the_window(gap: int, together: bool) -> None:
    two = pages(STRIKE[:1], "a") + pages(STRIKE[1:2], "b", DAY + dt.timedelta(days=gap))
    assert (find_stories(two).nunique() == 1) == together
    assert find_stories(two, window_days=400).nunique() == 1


def test_daily_reports_do_not_chain_past_the_window() -> None:
    days = [Article(f"d{n}", STRIKE[n % 3], date=DAY + dt.timedelta(days=n)) for n in range(12)]
    for _, several in find_stories(days).groupby(find_stories(days)):
        numbers = [int(name[1:]) for name in several.index]
        assert max(numbers) - min(numbers) <= 3


def test_an_article_on_two_events_does_not_join_them() -> None:
    bridge = Article("bridge", STRIKE[0] + " " + BUDGET[0], date=DAY)
    found = groups(find_stories([*WORLD, bridge]))
    assert not any({"s0", "b0"} <= group for group in found)


@pytest.mark.parametrize("both, only_first, together", [(1, 1, False), (2, 1, False), (3, 1, True), (2, 0, True)])
def test_more_than_two_thirds_of_a_group_must_resemble_the_other(both: int, only_first: int, together: bool) -> None:
    """Articles on two events are alike enough to both on average; what counts is how many of their group are."""
    first, second = "cranes fell on the quay at dawn while dockers slept", "judges freed a boat whose owner paid no harbour fees"
    group = [Article(f"both{n}", f"{first} {second}", date=DAY) for n in range(both)]
    group += [Article(f"first{n}", first, date=DAY) for n in range(only_first)]
    other = Article("second", second, date=DAY)
    assert find_stories(group).nunique() == 1
    assert (find_stories([*group, other]).nunique() == 1) is together


def test_half_the_asked_similarity_is_enough_to_back_a_join() -> None:
    first, second = "cranes fell quay dawn dockers slept fog bells", "judges freed boat owner paid fees court ruled"
    group = [Article("both", f"{first} {second}", date=DAY), Article("first", f"{first} judges freed", date=DAY)]
    alike = find_stories([*group, Article("second", second, date=DAY)], threshold=0.4)  # .71 and .22 similar to the third: .46 on average
    assert alike.nunique() == 1


@pytest.mark.parametrize("dated", [True, False])
def test_without_a_date_articles_must_be_more_alike(dated: bool) -> None:
    """Half the words are shared, which makes a cosine of about one half; 1.39 times as much is asked of an article without a date."""
    two = [Article("a", "cranes fell quay dawn", date=DAY), Article("b", "cranes fell judges freed", date=DAY if dated else None)]
    assert find_stories(two, threshold=0.3).nunique() == 1
    assert (find_stories(two, threshold=0.4).nunique() == 1) is dated
    assert find_stories(two, threshold=0.6).nunique() == 2


def test_a_word_of_the_headline_counts_like_two_of_the_body() -> None:
    one = Article("a", "cranes fell", headline="Quay", date=DAY)
    for times, together in ((1, False), (2, True), (3, False)):
        assert (find_stories([one, Article("b", "cranes fell" + " quay" * times, date=DAY)], threshold=0.999).nunique() == 1) is together


def test_a_given_story_may_be_longer_than_the_window() -> None:
    early, late = pages(STRIKE[:1], "a", story="walkout"), pages(STRIKE[:1], "b", DAY + dt.timedelta(days=10), story="walkout")
    between = pages(STRIKE[:1], "c", DAY + dt.timedelta(days=2))
    assert find_stories([*early, *late, *between]).tolist() == ["walkout"] * 3
    after = pages(STRIKE[:1], "d", DAY + dt.timedelta(days=14))
    assert find_stories([*early, *late, *after])["d0"] == "story-d0"


def test_articles_without_a_date_join_whatever_the_window() -> None:
    undated = pages([STRIKE[1]], "u", None) + pages([FLOOD[0].replace("three", "four")], "v", None)
    stories = find_stories([*WORLD, *undated])
    assert stories["u0"] == stories["s0"]
    assert stories["v0"] == stories["f0"]


def test_a_given_story_wins() -> None:
    given_ = (
        pages(STRIKE[:1], "a", story="one") + pages(STRIKE[:1], "b", story="two") + pages(FLOOD, "c", event=1) + pages(BUDGET, "d", event=1)
    )
    assert find_stories(given_).tolist() == ["one", "two", "1", "1", "1"]


def test_an_unnamed_article_may_join_a_given_story() -> None:
    stories = find_stories([*pages(STRIKE[:2], "a", story="walkout"), *pages(STRIKE[2:], "b"), *pages(FLOOD, "c")])
    assert stories.to_dict() == {"a0": "walkout", "a1": "walkout", "b0": "walkout", "c0": "story-c0"}


def test_a_given_name_that_looks_like_a_found_one_is_not_confused_with_it() -> None:
    stories = find_stories([*pages(FLOOD, "c"), *pages(BUDGET[:1], "d", story="story-c0")])
    assert stories.to_dict() == {"c0": "story-c0+", "d0": "story-c0"}


@pytest.mark.parametrize("missing", [None, "", "  ", float("nan")])
def test_an_empty_given_story_is_none(missing: object) -> None:
    assert find_stories(pages(FLOOD, "c", story=missing)).tolist() == ["story-c0"]


@settings(max_examples=40, deadline=None)
@given(st.permutations(WORLD))
def test_order_changes_nothing(order: list[Article]) -> None:
    assert find_stories(order).to_dict() == find_stories(WORLD).to_dict()


def test_articles_without_words_stand_alone() -> None:
    empty = [Article("a", "", date=DAY), Article("b", "", date=DAY), Article("c", "the of and", date=DAY)]
    assert find_stories(empty).nunique() == 3
    assert find_stories([]).empty
    assert find_stories([]).name == "story"


def test_hostile_text_is_read_in_no_time() -> None:
    huge = [Article("a", "x" * 3_000_000, date=DAY), Article("b", "the " * 500_000, date=DAY), Article("c", "'" * 1_000_000, date=DAY)]
    assert find_stories(huge).nunique() == 3


def test_many_copies_are_one_story() -> None:
    copies = [Article(f"{n:03}", STRIKE[0], date=DAY) for n in range(120)]
    assert find_stories(copies).nunique() == 1


@pytest.mark.parametrize(
    "options,message",
    [
        ({"window_days": -1}, "window_days must be a whole number of days, 0 or more, got -1"),
        ({"window_days": 1.5}, "window_days must be a whole number of days, 0 or more, got 1.5"),
        ({"threshold": 0}, "threshold must be above 0 and at most 1, got 0"),
        ({"threshold": 1.1}, "threshold must be above 0 and at most 1, got 1.1"),
    ],
)
def test_options_out_of_range(options: dict[str, float], message: str) -> None:
    with pytest.raises(InputError) as caught:
        find_stories(WORLD, **options)  # type: ignore[arg-type]
    assert str(caught.value) == message


def test_repeated_ids_are_an_error() -> None:
    with pytest.raises(InputError, match=r"two articles have the id 'f0' \(numbers 0 and 1\); ids must differ"):
        find_stories(pages(FLOOD, "f") * 2)


def b_cubed(gold: list[str], found: list[str]) -> float:
    in_gold, in_found, both = Counter(gold), Counter(found), Counter(zip(gold, found, strict=True))
    pairs = list(zip(gold, found, strict=True))
    precision = sum(both[pair] / in_found[pair[1]] for pair in pairs) / len(pairs)
    recall = sum(both[pair] / in_gold[pair[0]] for pair in pairs) / len(pairs)
    return 2 * precision * recall / (precision + recall)


def test_b_cubed_by_hand() -> None:
    """Bagga and Baldwin: gold {1,2,3}{4}, found {1,2}{3,4}: precision (1 + 1 + 1/2 + 1/2) / 4, recall (2/3 + 2/3 + 1/3 + 1) / 4."""
    precision, recall = 3 / 4, (2 / 3 + 2 / 3 + 1 / 3 + 1) / 4
    assert b_cubed(list("aaab"), list("xxyy")) == pytest.approx(2 * precision * recall / (precision + recall))


DIGESTS = {
    "allsides_events": "6b33d22d4b2c3abc",
    "basil_1_50": "c1c0c4bd8772ce49",
}
"""First 16 digits of the SHA-256 of the unpacked data; a floor holds for this data only."""


def rows_of(folder: Path, name: str) -> list[dict[str, object]]:
    data = gzip.decompress((folder / f"{name}.jsonl.gz").read_bytes())
    assert hashlib.sha256(data).hexdigest()[:16] == DIGESTS[name], f"{name} is not the data that the floor was set on"
    return [json.loads(line) for line in data.decode("utf-8").splitlines()]


def test_coded_events(gold_dir: Path) -> None:
    articles, gold = [], []
    for event in rows_of(gold_dir, "allsides_events"):
        for number, page in enumerate(event["articles"]):
            articles.append(
                Article(f"{event['id']}-{number}", page["text"], headline=page["title"], date=dt.date.fromisoformat(event["date"][:10]))
            )
            gold.append(str(event["id"]))
    stories = find_stories(articles)
    assert b_cubed(gold, stories.tolist()) >= 0.90
    held_out = [n for n, event in enumerate(gold) if int(hashlib.sha256(event.encode()).hexdigest(), 16) % 2]
    found = find_stories([articles[n] for n in held_out]).tolist()
    assert b_cubed([gold[n] for n in held_out], found) >= 0.92


def test_three_outlets_on_coded_events(gold_dir: Path) -> None:
    articles, gold = [], []
    for page in rows_of(gold_dir, "basil_1_50"):
        text = "\n".join(sentence["text"] for sentence in page["sentences"])
        articles.append(Article(page["id"], text, headline=page["title"], date=dt.date.fromisoformat(page["date"])))
        gold.append(str(page["event"]))
    assert b_cubed(gold, find_stories(articles).tolist()) >= 0.99
