"""Dates, hosts and bylines: tables of what is printed and what must be read from it."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import framing as fr
from framing.readers.bylines import Byline, agency_name, closing_agency, dateline_agency, glued_agency, read_byline, split_authors
from framing.readers.dates import date_order, is_date_line, note_order, read_date, starts_with_date
from framing.readers.hosts import host_of, outlet_of

SEPTEMBER_22 = dt.date(2021, 9, 22)


@pytest.mark.parametrize(
    "value",
    [
        "2021-09-22",
        "2021-09-22T23:59:59Z",
        "2021-09-22T00:30:00+03:00",
        "2021-09-22 10:15:00.000 +0200",
        "2021/09/22",
        "2021.9.22",
        "20210922",
        "20210922T101500Z",
        "20210922101500",
        "September 22, 2021",
        "Sept. 22, 2021 9:20 AM GMT",
        "Wednesday, September 22nd, 2021",
        "SEPTEMBER 22 2021",
        "22 September 2021",
        "22 Sept 2021",
        "22nd of September, 2021",
        "22-Sep-2021",
        "Wed, 22 Sep 2021 10:15:00 GMT",
        "Wed Sep 22 10:15:00 +0000 2021",
        "Wed Sep 22 10:15:00 2021",
        "September 22, 2021 Wednesday 9:20 AM GMT",
        "Updated 5:32 PM ET, Wed September 22, 2021",
        "9/22/21",
        "9/22/2021",
        "09-22-2021",
        "22/9/2021",
        "22.9.2021",
        "22.09.21",
        "2021, September 22",
        "Published 22 September 2021. Updated 24 September 2021",
        "Updated 24 September 2021. Published 22 September 2021",
        "1632305700",
        1632305700,
        1632305700.0,
        "1632305700000",
        20210922,
        dt.date(2021, 9, 22),
        dt.datetime(2021, 9, 22, 23, 59, tzinfo=dt.UTC),
        pd.Timestamp("2021-09-22 10:00", tz="Europe/Paris"),
        np.datetime64("2021-09-22T10:00"),
    ],
)
def test_reads_date(value):
    assert read_date(value) == SEPTEMBER_22


@pytest.mark.parametrize(
    "value",
    [
        *("", "next Tuesday", "n.d.", "2021", "September 2021", "2021-13-45", "31/02/2021", "45 March 2021", "22/22/2021", "0000-00-00"),
        *(
            "12345",
            "9999999999999",
            "Room 12",
            "version 1.22.333",
            "the 22nd",
            "2021-09",
            None,
            float("nan"),
            pd.NaT,
            True,
            3.5,
            "99999999",
        ),
    ],
)
def test_reads_no_date(value):
    assert read_date(value) is None


def test_ambiguous_numbers_are_month_first_except_with_points():
    assert read_date("9/6/17") == read_date("9-6-17") == dt.date(2017, 9, 6)
    assert read_date("9.6.17") == dt.date(2017, 6, 9)
    assert (read_date("1/1/69"), read_date("1/1/68")) == (dt.date(1969, 1, 1), dt.date(2068, 1, 1))


def test_the_day_may_be_first():
    assert read_date("9/6/17", day_first=True) == read_date("9-6-17", day_first=True) == dt.date(2017, 6, 9)
    assert read_date("12/25/2024", day_first=True) == read_date("25/12/2024") == dt.date(2024, 12, 25)
    assert read_date("2017-06-09", day_first=True) == dt.date(2017, 6, 9)


@pytest.mark.parametrize(
    ("value", "order"),
    [
        ("25/12/24", "day"),
        ("12-25-2024", "month"),
        ("Posted 3/4/24, 10:15", "either"),
        *((v, None) for v in ("3/3/24", "3.4.24", "13/13/24")),
    ]
    + [(v, None) for v in ("2024-03-04", "4 March 2024, room 3/4/24", "", None, 3, dt.date(2024, 3, 4))],
)
def test_order_of_a_numeric_date(value, order):
    assert date_order(value) == order
    assert (note_order(value) is not None) == (order == "either")


@pytest.mark.parametrize(
    ("line", "rest"),
    [
        ("5 March 2024 by Max Penn", "by Max Penn"),
        ("Published: 5 March 2024, 9:20 a.m. | By Max Penn", "By Max Penn"),
        ("The deal of 5 March 2024 by Max Penn", None),
        ("By Max Penn", None),
    ],
)
def test_lines_that_a_date_opens(line, rest):
    assert starts_with_date(line) == (None if rest is None else (dt.date(2024, 3, 5), rest))


@given(st.dates(dt.date(1970, 1, 1), dt.date(2068, 12, 31)))
def test_every_day_is_read_back_in_every_form(day):
    for form in (
        "%Y-%m-%d",
        "%B %d, %Y",
        "%d %b %Y",
        "%m/%d/%Y",
        "%m/%d/%y",
        "%d.%m.%Y",
        "%Y%m%d",
        "%Y%m%dT%H%M%SZ",
        "%a, %d %b %Y 10:00:00 GMT",
    ):
        assert read_date(day.strftime(form)) == day, form


@given(st.text())
def test_any_text_gives_a_date_or_none(text):
    assert read_date(text) is None or isinstance(read_date(text), dt.date)
    is_date_line(text)


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("September 22, 2021", True),
        ("Published: Wednesday, September 22, 2021, 9:20 a.m. GMT", True),
        ("Sept. 22, 2021 9:20 AM GMT", True),
        ("2021-09-22T10:15:00+02:00", True),
        ("Posted on 22 Sept 2021 | 3 min read", True),
        ("Published 22 September 2021, updated 24 September 2021", True),
        ("On September 22, 2021, the dockers went back.", False),
        ("The treaty of 22 September 2021", False),
        ("VANTRY, September 22, 2021", False),
        ("Wednesday", False),
        ("", False),
    ],
)
def test_date_lines(line, is_one):
    assert is_date_line(line) is is_one


@pytest.mark.parametrize(
    ("address", "host", "outlet"),
    [
        ("https://www.themoscowtimes.com/2021/09/22/a-b-c", "themoscowtimes.com", "The Moscow Times"),
        ("http://politics.blogs.cnn.com/2012/x", "politics.blogs.cnn.com", "CNN"),
        ("https://m.bbc.co.uk/news", "bbc.co.uk", "BBC News"),
        ("www.reuters.com", "reuters.com", "Reuters"),
        ("https://user:pass@Www.NPR.org:8080/x?y#z", "npr.org", "NPR"),
        ("//edition.cnn.com/x", "cnn.com", "CNN"),
        ("https://valley-news.example/1", "valley-news.example", "valley-news.example"),
        ("https://www.co/x", "www.co", "www.co"),
        ("notcnn.com", "notcnn.com", "notcnn.com"),
        ("The Vantry Herald", None, None),
        ("https://192.168.0.1/x", None, None),
        ("http://localhost/x", None, None),
        ("", None, None),
        (None, None, None),
    ],
)
def test_hosts(address, host, outlet):
    assert host_of(address) == host
    assert outlet_of(address) == outlet


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("By AFP", Byline(agency="AFP")),
        ("By Jane Doe", Byline(("Jane Doe",))),
        ("BY JANE DOE AND JOHN ROE", Byline(("JANE DOE", "JOHN ROE"))),
        ("By Jane Doe and John Roe, Continental Press", Byline(("Jane Doe", "John Roe"), "CP")),
        ("By Jane Doe, John Roe and Mira van der Lund", Byline(("Jane Doe", "John Roe", "Mira van der Lund"))),
        ("By JANE DOE, Associated Press", Byline(("JANE DOE",), "AP")),
        ("By Jane Doe | The Daily Lantern | 3 March 2024", Byline(("Jane Doe",), None, "The Daily Lantern", dt.date(2024, 3, 3))),
        ("Jane Doe | The Daily Lantern | March 3, 2024", Byline(("Jane Doe",), None, "The Daily Lantern", dt.date(2024, 3, 3))),
        ("By Jane Doe for The Hessen Courier", Byline(("Jane Doe",), None, "The Hessen Courier")),
        ("By Jane Doe, political correspondent", Byline(("Jane Doe",))),
        ("By Jane Doe in Port Sallow", Byline(("Jane Doe",))),
        ("By Jane Doe – March 3, 2024", Byline(("Jane Doe",), date=dt.date(2024, 3, 3))),
        ("By Jane Doe, March 3, 2024", Byline(("Jane Doe",), date=dt.date(2024, 3, 3))),
        ("By Agence France-Presse in Vantry", Byline(agency="AFP")),
        ("Reuters", Byline(agency="Reuters")),
        ("Jane Doe and John Roe, Continental Press", Byline(("Jane Doe", "John Roe"), "CP")),
        ("The mayor told Jane Doe, Reuters", None),
        ("By staff writers", Byline()),
        ("By Tuesday the strike had spread to the mines.", None),
        ("By Monday", None),
        ("By the time the talks ended, the port was closed", None),
        ("By then", None),
        ("Bystanders watched", None),
        ("The strike ended on Monday", None),
        ("Port Sallow | Vantry", None),
        ("", None),
        ("By " + "Jane Doe, " * 100, None),
    ],
)
def test_bylines(line, expected):
    assert read_byline(line) == expected


@given(st.text(max_size=400))
def test_any_line_is_a_byline_or_none(line):
    read_byline(line)
    read_byline("By " + line)


@pytest.mark.parametrize(
    ("given_authors", "authors", "agency"),
    [
        (["Jane Doe, John Roe"], ("Jane Doe", "John Roe"), None),
        (["Jane Doe", "AFP"], ("Jane Doe",), "AFP"),
        (["By The Associated Press"], (), "AP"),
        (["Jane Doe; Jane Doe"], ("Jane Doe",), None),
        (["https://social.example/jane"], (), None),
        (["Staff"], (), None),
        ([], (), None),
    ],
)
def test_author_fields(given_authors, authors, agency):
    assert split_authors(given_authors) == (authors, agency)


@pytest.mark.parametrize(
    ("paragraph", "agency"),
    [
        ("VANTRY (CP) — Dockers went back.", "CP"),
        ("PORT SALLOW, Calderra (AP) -- Dockers went back.", "AP"),
        ("VANTRY, March 3 (Reuters) - Dockers went back.", "Reuters"),
        ("(AFP) – Dockers went back.", "AFP"),
        ("TESSMARK, May 4. /TASS/. Dockers went back.", "TASS"),
        ("VANTRY (AP) _ Dockers went back.", "AP"),
        ("New Vantry, May 4 (PTI) Dockers went back.", "PTI"),
        ("He owns the works/the port/TASS/. Dockers went back.", None),
        ("The Civic Union (CP) is in talks.", None),
        ("VANTRY (Harbour News) — Dockers went back.", None),
        ("VANTRY — Dockers went back.", None),
    ],
)
def test_datelines(paragraph, agency):
    assert dateline_agency(paragraph) == agency


@pytest.mark.parametrize(
    ("paragraph", "agency"),
    [
        ("© 2024 AFP", "AFP"),
        ("Copyright 2024 The Associated Press. All rights reserved. No part may be printed.", "AP"),
        ("— Continental Press", "CP"),
        ("Continental Press contributed to this report.", None),
        ("Copyright 2024 The Vantry Herald", None),
        ("ap", None),
        ("Source: dpa", "dpa"),
        ("(PTI)", "PTI"),
        ("kl/ms (dpa, AFP)", "dpa"),
        ("(dpa, the ministry)", None),
        ("Source: the port authority", None),
        ("This story by The Canadian Press was first published May 2, 2023.", "CP"),
    ],
)
def test_closing_lines(paragraph, agency):
    assert closing_agency(paragraph) == agency


@pytest.mark.parametrize(
    ("end", "agency"),
    [
        ("ships came back at noon. (AFP)", "AFP"),
        ("ships came back at noon.” [Reuters]", "Reuters"),
        ("ships came back at noon. —TASS", "TASS"),
        ("the works belong to the agency (AFP).", None),
        ("ships came back at noon. (The mayor did not.)", None),
    ],
)
def test_agencies_glued_to_the_last_line(end, agency):
    assert glued_agency(end) == agency


@pytest.mark.parametrize(
    ("line", "byline"),
    [
        ("By TASS Staff", Byline(agency="TASS")),
        ("By Reuters staff writers", Byline(agency="Reuters")),
        ("By JAN ROE\nAssociated Press", Byline(("JAN ROE",), "AP")),
        ("By JAN ROE FOR THE LANTERN", Byline(("JAN ROE",), outlet="THE LANTERN")),
        ("By Jan Roe and Max Penn, for the Daily Lantern", Byline(("Jan Roe", "Max Penn"), outlet="Daily Lantern")),
    ],
)
def test_bylines_with_staff_lines_and_employers(line, byline):
    assert read_byline(line) == byline


def test_a_job_on_its_own_line_is_no_author():
    assert split_authors(["Jan Roe\nStaff Writer"]) == (("Jan Roe",), None)


def test_agency_lines_in_a_cell_are_no_body():
    text = "Associated Press\n\nThe port reopened at noon.\n\nShips came back.\n\nkl/ms (dpa, AFP)"
    corpus = fr.read_corpus(pd.DataFrame({"id": ["a"], "text": [text]}))
    assert [p.role for p in corpus[0].paragraphs] == ["byline", "body", "body", "credit"]
    assert corpus[0].agency == "AP"


def test_agency_capitals_count():
    assert agency_name("PA") == "PA"
    assert agency_name("Pa") is None
    assert agency_name("the associated press") == "AP"


def test_a_byline_may_open_with_the_date():
    assert read_byline("5 March 2024 by Max Penn") == Byline(("Max Penn",), date=dt.date(2024, 3, 5))
    assert read_byline("5 March 2024 by and by the dockers went back to work") is None
