"""Names: found, told apart, joined within an article and across articles. Whoever is in none of the lists is invented."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framing.article import Article, Paragraph
from framing.errors import InputError
from framing.measuring.names import KINDS, Name, find_names, join_names, joined_names
from framing.text import Span

SHORT = {"person": "P", "organisation": "O", "place": "L", "group": "G"}


def found(text: str) -> list[str]:
    """Mentions as "P Roe" or, where the name is another one, "P Roe = Jan Roe"."""
    shown = []
    for name in find_names(text):
        printed = name.span.of(text)
        shown.append(f"{SHORT[name.kind]} {printed}" + ("" if printed == name.name else f" = {name.name}"))
    return shown


SENTENCES = [
    # people: titles, initials, suffixes, particles, hyphens
    ("Mr. Roe met Jan Roe on Monday.", ["P Roe = Jan Roe", "P Jan Roe"]),
    ("The mayor, Nadia Orlo, resigned.", ["P Nadia Orlo"]),
    ("Police chief Col. Edvin Stahl said so.", ["P Edvin Stahl"]),
    ("George P. Tolliver Jr. was there.", ["P George P. Tolliver Jr."]),
    ("It was signed by Martin van der Hoop and by Maria de la Torre.", ["P Martin van der Hoop", "P Maria de la Torre"]),
    ("Karla O'Nessy’s brother, Peter McTarn, called.", ["P Karla O'Nessy", "P Peter McTarn"]),
    ("Anna Lindt-Orsova, 42, left.", ["P Anna Lindt-Orsova"]),
    ("The rebel leader Ahmed al-Harun was seen.", ["P Ahmed al-Harun"]),
    ("“We agreed,” said Corvan Ness.", ["P Corvan Ness"]),
    ("Corvan Ness, 51, was hurt.", ["P Corvan Ness"]),
    ("Prime Minister Tobias Renk spoke.", ["P Tobias Renk"]),
    ("Sens. Jan Roe and Max Poe voted.", ["P Jan Roe", "P Max Poe"]),
    ("Theresa May’s deputy resigned in May.", ["P Theresa May"]),
    # two last names, family names first, capitals, first names alone, names that are also places, trades at the head of a sentence
    ("María Pilar Ruiz Montes met him. Ruiz Montes left.", ["P María Pilar Ruiz Montes", "P Ruiz Montes = María Pilar Ruiz Montes"]),
    ("Zhao Meilin came. Mr. Zhao stayed.", ["P Zhao Meilin", "P Zhao = Zhao Meilin"]),
    ("JANET VOSSEL, PETER KARREN and ROBERT TARN wrote it.", ["P JANET VOSSEL", "P PETER KARREN", "P ROBERT TARN"]),
    ("Peter gave Anna a raise. Peter raised money.", ["P Peter", "P Anna", "P Peter"]),
    ("“No,” said Virginia Tarnell, 45. “Yes,” Paris Vossel said.", ["P Virginia Tarnell", "P Paris Vossel"]),
    ("She moved to Virginia. Paris was full.", ["L Virginia", "L Paris"]),
    ("Judge Marta Green Jackson ruled. Jackson left.", ["P Marta Green Jackson", "P Jackson = Marta Green Jackson"]),
    ("Thessa Lake said so. “No,” said Orsolya Black, a lawyer.", ["P Thessa Lake", "P Orsolya Black"]),
    ("Pensioner Peter Horn said so. Cabbie Jan Vossel left.", ["P Peter Horn", "P Jan Vossel"]),
    ("It was Horn v. Vossel. Vossel has won.", []),
    # organisations
    ("She teaches at the University of Vantry.", ["O University of Vantry"]),
    ("She teaches at Johns Hopkins University.", ["O Johns Hopkins University"]),
    (
        "The Department of Health and Human Services paid Bank of America.",
        ["O Department of Health and Human Services", "O Bank of America"],
    ),
    ("A House Intelligence Committee hearing was held.", ["O House Intelligence Committee"]),
    ("The Vantry Harbour Commission met.", ["O Vantry Harbour Commission"]),
    ("The New York Times and The Hill reported it.", ["O New York Times", "O Hill = The Hill"]),
    ("Orlo Shipping Corp. sued Tessmark Steel Inc.", ["O Orlo Shipping Corp.", "O Tessmark Steel Inc."]),
    ("the Institute for the Study of Harbours said", ["O Institute for the Study of Harbours"]),
    ("He works for McDonald’s.", ["O McDonald’s = McDonald's"]),
    ("The FBI asked the Supreme Court.", ["O FBI = Federal Bureau of Investigation", "O Supreme Court"]),
    ("Members of the GOP left Congress for the Senate.", ["O GOP = Republican Party", "O Congress", "O Senate"]),
    ("The White House answered Washington.", ["O White House", "L Washington"]),
    ("The Vantry Police Department said so.", ["O Vantry Police Department"]),
    ("Fighters of al Qaeda fled.", ["O al Qaeda = Al Qaeda"]),
    # places
    ("They flew from St. Louis to Port Sallow.", ["L St. Louis", "L Port Sallow"]),
    ("A U.S. official in Calderra spoke.", ["L U.S. = United States", "L Calderra"]),
    ("The fire began in Orlo County near Lake Sallow.", ["L Orlo County", "L Lake Sallow"]),
    ("They met in Gautreux, Texas.", ["L Gautreux", "L Texas"]),
    ("NEW YORK (CP) - Nobody came.", ["L NEW YORK = New York"]),
    # groups
    ("Russians and Democrats; Muslims too.", ["G Russians", "G Democrats", "G Muslims"]),
    ("House Republicans voted.", ["G House Republicans"]),
]


@pytest.mark.parametrize(("sentence", "expected"), SENTENCES)
def test_sentences(sentence: str, expected: list[str]) -> None:
    assert found(sentence) == expected


NOTHING = [
    "On Monday, July 4, they rested until Christmas.",
    "The Affordable Care Act is a law; the Second Amendment is none.",
    "Viewers of the Super Bowl read the Bible in English.",
    "Hurricane Nelda came, and Nelda went.",
    "A Russian baker and a Republican voter speak French.",
    "The President spoke to the Attorney General about the Committee.",
    "Meanwhile nobody came. However, some left. Officials agreed.",
    "Young people left. Mark my words. Will they come?",
    "The D-Ohio and R-Texas tags, Orlo-era laws and U.S.-led talks are no names.",
    "I'm here, I said. TV is no name, nor are COVID-19, DNA or a CEO.",
    "He won the Pulitzer Prize and the Nobel Peace Prize.",
    "",
    " \n\n ",
    "all in lower case, nothing here",
]


@pytest.mark.parametrize("text", NOTHING)
def test_no_names(text: str) -> None:
    assert found(text) == []


ALIASES = [
    ("Nadia Orlo spoke. Orlo left. Nadia's brother stayed.", ["P Nadia Orlo", "P Orlo = Nadia Orlo", "P Nadia = Nadia Orlo"]),
    (
        "The Harbour Workers' Union (HWU) met. The HWU voted.",
        ["O Harbour Workers' Union", "O HWU = Harbour Workers' Union", "O HWU = Harbour Workers' Union"],
    ),
    ("The Vantry Harbour Board met. VHB members left.", ["O Vantry Harbour Board", "O VHB = Vantry Harbour Board"]),
    ("Bram de Tolliver came. De Tolliver left.", ["P Bram de Tolliver", "P De Tolliver = Bram de Tolliver"]),
    ("Tim Roe came. Timothy Roe left.", ["P Tim Roe", "P Timothy Roe = Tim Roe"]),
    ("Jan Roe Sr. met Jan Roe Jr. at noon. Roe Jr. left.", ["P Jan Roe Sr.", "P Jan Roe Jr.", "P Roe Jr. = Jan Roe Jr."]),
    ("Jan P. Roe met his son, Jan Q. Roe.", ["P Jan P. Roe", "P Jan Q. Roe"]),
    ("Karla Voss and Peter Voss met. Mrs. Voss left.", ["P Karla Voss", "P Peter Voss", "P Voss = Karla Voss"]),
    ("Anders Quill ran. The Quill campaign won.", ["P Anders Quill", "O Quill campaign"]),
    ("Anders Quill ran. Quill's campaign won.", ["P Anders Quill", "P Quill = Anders Quill"]),
    ("Max Jordan spoke. Jordan lives in Jordan.", ["P Max Jordan", "P Jordan = Max Jordan", "L Jordan"]),
    ("Lena Ford spoke. Ford left.", ["P Lena Ford", "P Ford = Lena Ford"]),
    ("Ezra Young came. Young people cheered. Young said no.", ["P Ezra Young", "P Young = Ezra Young"]),
]


@pytest.mark.parametrize(("text", "expected"), ALIASES)
def test_aliases_within_an_article(text: str, expected: list[str]) -> None:
    assert found(text) == expected


def test_headlines_inside_the_body_give_only_sure_names() -> None:
    text = "Mayor Orlo Says Harbour Talks Will Open Soon\n\nNadia Orlo, the mayor, spoke."
    assert found(text) == ["P Orlo = Nadia Orlo", "P Nadia Orlo"]
    assert found("WATCH LIVE: DOCKERS WALK OUT AT NOON TODAY") == []


def test_only_body_paragraphs_are_read() -> None:
    text = "By Jan Roe\n\nNadia Orlo spoke."
    article = Article("a", text, paragraphs=(Paragraph(Span(0, 10), "byline"), Paragraph(Span(12, len(text)))))
    assert [name.span.of(text) for name in find_names(article)] == ["Nadia Orlo"]


def test_markup_is_not_read_and_spans_point_into_the_text() -> None:
    text = "**Nadia** Orlo spoke."
    article = Article("a", text, markup=(Span(0, 2), Span(7, 9)))
    assert all(name.span.end <= len(text) for name in find_names(article))


def test_neither_article_nor_text() -> None:
    with pytest.raises(InputError, match=r"^expected an Article or a str, got int$"):
        find_names(7)  # type: ignore[arg-type]


# ---- across articles ----------------------------------------------------------------------------------------------------------------


def named(*names: str, kind: str = "person") -> list[Name]:
    return [Name(Span(0, 1), name, kind) for name in names]  # type: ignore[arg-type]


def test_forms_of_one_name() -> None:
    joined = join_names({"a": named("Jan Roe"), "b": named("Jan P. Roe"), "c": named("JAN ROE"), "d": named("Jan Roe")})
    assert {name for mine in joined.values() for name in mine.values()} == {"Jan Roe"}
    bodies = join_names({"a": named("U.S. Harbour Board", kind="organisation"), "b": named("US Harbour Board", kind="organisation")})
    assert len({name for mine in bodies.values() for name in mine.values()}) == 1


def test_a_last_name_joins_the_one_common_full_name() -> None:
    corpus = {"a": named("Jan Roe"), "b": named("Jan Roe"), "c": named("Roe"), "d": named("Max Poe"), "e": named("Poe")}
    joined = join_names(corpus)
    assert joined["c"] == {"Roe": "Jan Roe"}
    assert joined["e"] == {"Poe": "Poe"}, "one article is not common"
    both = join_names(corpus | {"f": named("Ada Roe"), "g": named("Ada Roe")})
    assert both["c"] == {"Roe": "Roe"}, "two people bear it"


def test_an_abbreviation_joins_the_one_common_full_name() -> None:
    union = "Harbour Workers' Union"
    joined = join_names(
        {"a": named(union, kind="organisation"), "b": named(union, kind="organisation"), "c": named("HWU", kind="organisation")}
    )
    assert joined["c"] == {"HWU": union}


def test_different_initials_are_two_people() -> None:
    joined = join_names({"a": named("Jan P. Roe"), "b": named("Jan Q. Roe"), "c": named("Jan Q. Roe"), "d": named("Jan Roe")})
    assert joined["a"] == {"Jan P. Roe": "Jan P. Roe"}
    assert joined["d"] == {"Jan Roe": "Jan Q. Roe"}, "the one whom more articles name"


def test_fathers_and_sons_are_two() -> None:
    joined = join_names({"a": named("Jan Roe"), "b": named("Jan Roe Jr.")})
    assert joined == {"a": {"Jan Roe": "Jan Roe"}, "b": {"Jan Roe Jr.": "Jan Roe Jr."}}


ONE = [  # forms of one person
    ("JD Vey", "J.D. Vey", "J. D. Vey"),
    ("J. D. Vey", "Jan Dorn Vey", "Jan Vey"),
    ("Anatol Renskyy", "Anatol Rensky", "Anatol Renskiy", "Anatol Renskii"),
    ("Cem Erdoğlu", "Cem Erdoglu"),
    ("Zoé Márquez", "Zoe Marquez", "Zoe\u0301 Ma\u0301rquez"),
    ("Mohammed Darr", "Mohamed Darr"),
    ("Sen. Jan Roe", "JAN ROE", "Jan P. Roe"),
]
APART = [
    ("Jan Roe", "Jan Roe Jr."),
    ("Jan Roe", "Jan Roe III"),
    ("R. Roe", "Rosa Roe"),
    ("E. T. Roe", "Emil Roe"),
    ("JD Vey", "Jan Kell Vey"),
    ("Kim Lee", "Kim Le"),
    ("Jan Roe", "Ada Roe"),
    ("J. D. Vey", "Jan Dorn Vey", "Jon Dale Vey"),
]


@pytest.mark.parametrize("forms", ONE, ids=lambda forms: forms[0])
def test_spellings_of_one_person(forms: tuple[str, ...]) -> None:
    joined = joined_names({form: named(form) for form in forms})
    assert len({one.id for mine in joined.values() for one in mine.values()}) == 1
    assert len({one.name for mine in joined.values() for one in mine.values()}) == 1


@pytest.mark.parametrize("forms", APART, ids=" | ".join)
def test_people_kept_apart(forms: tuple[str, ...]) -> None:
    joined = joined_names({form: named(form) for form in forms})
    assert len({one.id for mine in joined.values() for one in mine.values()}) == len(forms)


def test_joining_ten_thousand_names_takes_no_long() -> None:
    found = {str(i): named(f"{'ABCDEFGH'[i % 8]}. {'KLMN'[i % 4]}. Roe{i % 40}", f"Jan{i} Mia Roe{i % 40}") for i in range(5_000)}
    begun = time.perf_counter()
    joined_names(found)
    assert time.perf_counter() - begun < 10


def test_kinds_are_not_joined() -> None:
    joined = join_names({"a": named("Jordan", kind="place"), "b": named("Max Jordan"), "c": named("Max Jordan")})
    assert joined["a"] == {"Jordan": "Jordan"}


def test_nothing_to_join() -> None:
    assert join_names({}) == {}
    assert join_names({"a": []}) == {"a": {}}


names = st.lists(
    st.tuples(
        st.sampled_from(["Jan Roe", "Jan P. Roe", "Jan Q. Roe", "Roe", "Ada Roe", "HWU", "Harbour Workers Union", "jan roe"]),
        st.sampled_from(KINDS),
    ),
    max_size=4,
)


@given(st.dictionaries(st.sampled_from("abcdefgh"), names), st.randoms(use_true_random=False))
def test_the_order_of_articles_changes_nothing(corpus: dict[str, list[tuple[str, str]]], rng: random.Random) -> None:
    ready = {article: [Name(Span(0, 1), name, kind) for name, kind in mine] for article, mine in corpus.items()}  # type: ignore[arg-type]
    shuffled = list(ready)
    rng.shuffle(shuffled)
    assert join_names({article: ready[article] for article in shuffled}) == join_names(ready)


# ---- properties ---------------------------------------------------------------------------------------------------------------------

PIECES = (
    "Jan Roe",
    "Roe",
    "Mr.",
    "the",
    "The",
    "of",
    "for",
    "and",
    "Committee",
    "Department",
    "House",
    "U.S.",
    "“",
    "”",
    "'s",
    "’s",
    "s’",
    ",",
    ".",
    "\n\n",
    "\n",
    "(",
    ")",
    "HWU",
    "New York",
    "al-",
    "de",
    "van der",
    "Jr.",
    "Sen.",
    "said",
    "in",
    "President",
    "Trump",
    "campaign",
    "I",
    "A.",
    "É",
    "ß",
    "-",
    "Will",
    "May",
    "Hurricane",
    "Harbour Workers' Union",
    "ORLO",
    "123",
    "/",
    "@",
    "Bank of America",
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=60), st.sampled_from([" ", ""]))
def test_spans_slice_back_in_order_without_overlaps(pieces: list[str], between: str) -> None:
    text = between.join(pieces)
    last = 0
    for name in find_names(text):
        assert last <= name.span.start < name.span.end <= len(text)
        assert name.kind in KINDS
        assert name.name.strip()
        printed = name.span.of(text)
        assert printed == printed.strip()
        assert not printed.endswith(("'s", "’s")) or name.kind == "organisation"
        last = name.span.end


@pytest.mark.parametrize(
    "text",
    [
        "A" * 2_000_000,
        "Roe " * 500_000,
        "A." * 300_000,
        "A-" * 300_000,
        "A'" * 300_000,
        "“Roe” " * 10_000,
        " " * 1_000_000,
        "of the " * 100_000,
    ],
    ids=["letters", "words", "dots", "hyphens", "apostrophes", "quotations", "spaces", "links"],
)
def test_hostile_text_does_not_hang(text: str) -> None:
    start = time.process_time()
    find_names(text)
    assert time.process_time() - start < 10


def test_work_is_linear() -> None:
    def seconds(n: int) -> float:
        text = "\n\n".join(f"Jan Orlo{i} of the Board of Vantry{i} said Mr. Poe{i} and Max Orlo{i} were in Sallow{i}." for i in range(n))
        start = time.process_time()
        find_names(text)
        return time.process_time() - start

    seconds(200)
    assert seconds(8000) < 12 * max(seconds(2000), 0.02)
