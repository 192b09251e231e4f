"""Articles that try to run: markup, addresses and control characters wherever a reader's words are shown."""

from __future__ import annotations

import datetime as dt

import framing as fr

ATTACKS = (
    "<script>window.pwned = 'script'; alert(1)</script>",
    "<img src=x onerror=\"window.pwned = 'img'; alert(2)\">",
    "<svg onload=\"window.pwned = 'svg'\"><animate onbegin=alert(3) attributeName=x dur=1s></svg>",
    "</style><script>window.pwned = 'style'</script>",
    "</script><script>window.pwned = 'nested'</script>",
    "<!--<script>window.pwned = 'comment'</script>-->",
    "]]><script>window.pwned = 'cdata'</script>",
    "\"' autofocus onfocus=\"window.pwned = 'attribute'\" x='",
    "<a href=\"javascript:window.pwned='link'\">click</a>",
    "[click](javascript:window.pwned='markdown')",
    "<iframe srcdoc=\"<script>parent.pwned = 'frame'</script>\"></iframe>",
    "<link rel=stylesheet href=https://evil.example/x.css><img src=https://evil.example/pixel.png>",
    "<style>body { display: none }</style><base href=https://evil.example/>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "{{7*7}} ${alert(4)} \\u003cscript\\u003e <\\/script>",
    "\u202egnirts desrever\u202c \u2066isolate\u2069 \u200frtl \x00null \x1b[31mred\x07 \u2028line\u2029",
)
BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def hostile_text(attack: str, story: int) -> str:
    """A report in which the attack stands in plain words, in a speaker's name, in a cue's clause and in a quotation."""
    return (
        f"A ship ran aground off Port Sallow on day {story}, and the harbour was closed for repairs. {attack}\n\n"
        f"“We saw nothing {attack} at all,” said Minister {attack} Harlan Pike.\n\n"
        f"Spokeswoman Odile Marr, of the {attack} ministry, claimed that the crew was safe. {attack} said the terrible ship was bad.\n\n"
        f"The Front ({attack}, an extremist organisation banned in Calderra) denied it, according to {attack}.\n"
    )


def hostile_corpus() -> fr.Corpus:
    """Two outlets with hostile names, each with every attack in text, headline, author, agency, address, id and story."""
    articles = []
    for number, attack in enumerate(ATTACKS):
        for outlet in ("Good <b>Press</b>", f"Evil {ATTACKS[0]}{ATTACKS[7]}"):
            text = hostile_text(attack, number)
            articles.append(
                fr.Article(
                    id=f"{attack} {outlet}",
                    text=text,
                    outlet=outlet,
                    agency=attack,
                    headline=f"Ship {number} \u202eruns\u202c aground {attack}",
                    authors=(f"By {attack}",),
                    date=dt.date(2024, 3, 1) + dt.timedelta(days=10 * number),
                    url=("javascript:window.pwned='url'", f"https://a.example/?q={attack}", "data:text/html,<script>1</script>")[
                        number % 3
                    ],
                    language=attack,
                    meta={"story": f"story {number} {attack}"},
                )
            )
    problems = [fr.errors.Problem(where=f"file {attack}.csv", reason=f"cannot be read: {attack}", lost=True) for attack in ATTACKS]
    return fr.Corpus(articles, problems=problems, name=f"corpus {ATTACKS[0]}")
