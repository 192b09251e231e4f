"""Polarity and subjectivity of words, as TextBlob counts them and in a variant for news; apart for the outlet's own and the quoted words.

``lexicon`` reads TextBlob's data, ``tokens`` cuts a text, ``operations`` says what a token does to the count, ``scoring`` counts, ``trace``
names every contribution.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from framing.article import Article
from framing.errors import InputError
from framing.measuring.page import Page
from framing.measuring.tone.scoring import score
from framing.measuring.tone.tokens import GAP
from framing.measuring.tone.trace import Contribution, trace
from framing.measuring.tone.types import UNSCORED, VARIANTS, Tone, ToneWord, Variant
from framing.text import Span, even

OUTLET = "outlet"  # the voice of what is ascribed to nobody


def _checked(article: Any, variant: Variant) -> Article | str:
    if variant not in VARIANTS:
        raise InputError(f"unknown variant {variant!r}; variants are {', '.join(VARIANTS)}")
    if isinstance(article, Page):
        return article.article
    if not isinstance(article, (Article, str)):
        raise InputError(f"expected an Article or a str, got {type(article).__name__}")
    return even(article) if isinstance(article, str) and variant == "news" else article  # "textblob" is TextBlob to the last bit


def measure_tone(article: Article | Page | str, *, variant: Variant = "textblob") -> Tone:
    """Mean polarity and subjectivity of the words of a text that stand in TextBlob's lexicon.

    Parameters
    ----------
    article : Article, Page or str
        Of an article, ``article.body`` is scored; a string is scored as it stands.
    variant : {"textblob", "news"}
        ``"textblob"`` gives exactly (to the last bit) the numbers of ``TextBlob(text).sentiment``. ``"news"`` repairs what is known
        to be wrong for news; see Notes.

    Returns
    -------
    Tone
        ``polarity`` from -1 (negative) to 1 (positive) and ``subjectivity`` from 0 to 1 (more opinion words), both means over
        ``n_scored`` contributions. NaN with ``n_scored=0`` where nothing could be scored; TextBlob says 0.0 there.

    Raises
    ------
    InputError
        If ``article`` or ``variant`` is none of the above.
    MissingLexiconError
        If TextBlob's lexicon cannot be read.

    Notes
    -----
    A contribution is a known word with the adverb and the negation in front of it: an adverb's intensity multiplies the word's
    scores, a negation multiplies its polarity by -0.5. Polarity and subjectivity are plain means, so they do not grow with length,
    but few contributions make them noisy.

    The news variant differs in this: ``n't`` and ``n’t`` and "cannot" negate ("isn't good"); a negation reaches over "the", "an",
    "be", "been" and "being" as it does over "a", and neither negation nor adverb reaches over the end of a sentence; emoticons,
    "(!)" and "!" are not scored ("(page 8)" is a smiley in TextBlob); words parted by a dash, an ellipsis or guillemets are two words;
    words of quantity, time and place, function words and topic words listed in ``measuring/tone/muted.tsv`` do not count by themselves,
    whereas an adverb among them ("very") still modifies the word behind it.

    The polarity of an article is not its author's stance: see the card ``tone``.

    References
    ----------
    Loria, S. (2013-). TextBlob. De Smedt, T. and Daelemans, W. (2012). Pattern for Python. JMLR 13, 2063-2067.

    Examples
    --------
    >>> measure_tone("The ferry is not very good.")
    Tone(polarity=-0.26923076923076916, subjectivity=0.46153846153846156, n_scored=1)
    >>> measure_tone("The ferry isn't good.").polarity, measure_tone("The ferry isn't good.", variant="news").polarity
    (0.7, -0.35)
    >>> measure_tone("The ferry sails at noon.")
    Tone(polarity=nan, subjectivity=nan, n_scored=0)
    """
    article = _checked(article, variant)
    return score(article if isinstance(article, str) else article.body, variant)


def tone_words(article: Article | Page | str, *, variant: Variant = "textblob") -> tuple[ToneWord, ...]:
    """The words that make up a tone, in text order: :func:`measure_tone` is the mean over them.

    Parameters
    ----------
    article : Article, Page or str
    variant : {"textblob", "news"}

    Returns
    -------
    tuple of ToneWord
        Spans are offsets into the string, or into ``article.text``. Where a negation or an adverb at a paragraph's end reaches the
        next paragraph, its span covers what stands between.

    Raises
    ------
    InputError
        If ``article`` or ``variant`` is none of the above.
    MissingLexiconError
        If TextBlob's lexicon cannot be read.

    Examples
    --------
    >>> text = "A grim, never easy winter."
    >>> [(word.span.of(text), word.polarity) for word in tone_words(text)]
    [('grim', -1.0), ('never easy', -0.21666666666666667)]
    """
    article = _checked(article, variant)
    if isinstance(article, str):
        return tuple(_shown(contribution) for contribution in trace(article, variant))
    starts: list[int] = []  # of each paragraph in the body's string
    shifts: list[int] = []
    at = 0
    for span in article.spans():
        starts.append(at)
        shifts.append(span.start - at)
        at += len(span) + 2
    found = []
    for contribution in trace(article.body, variant):
        contribution.places = [(a + (shift := shifts[bisect_right(starts, a) - 1]), b + shift) for a, b in contribution.places]
        found.append(_shown(contribution))
    return tuple(found)


def _shown(contribution: Contribution) -> ToneWord:
    span = Span(min(a for a, _ in contribution.places), max(b for _, b in contribution.places))
    return ToneWord(span, tuple(contribution.words), contribution.polarity, contribution.subjectivity)


def _disjoint(spans: Iterable[Span]) -> list[tuple[int, int]]:
    """The same characters in order and without overlap."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        elif start < end:
            found.append((start, end))
    return found


def tone_by_part(article: Article, *, quoted: Sequence[Span], variant: Variant = "textblob") -> dict[str, Tone]:
    """Tone of an article's body, headline and lead, and apart for the outlet's own words and the quoted words.

    Parameters
    ----------
    article : Article
    quoted : sequence of Span
        What others are quoted as saying, as offsets into ``article.text``, in any order; overlaps and what lies outside the body
        are allowed for.
    variant : {"textblob", "news"}

    Returns
    -------
    dict of str to Tone
        Always the keys ``body`` (as :func:`measure_tone` gives it), ``headline`` (NaN without one), ``lead`` (the first body
        paragraph), ``own_words`` (the body with the quoted spans taken out) and ``quoted`` (the words in them alone).

    Raises
    ------
    InputError
        If ``article`` is no article or ``variant`` is unknown.
    MissingLexiconError
        If TextBlob's lexicon cannot be read.

    Notes
    -----
    Parts are cut before they are scored, and neither negation nor modifier reaches over a cut: in *it was not "a good plan"* the
    quoted words are "a good plan". So the contributions of the own and of the quoted words need not add up to those of the body.

    Examples
    --------
    >>> page = Article(id="1", text='A grim winter, said Orlo. "We had good help."')
    >>> parts = tone_by_part(page, quoted=[Span(27, 44)])
    >>> parts["own_words"].polarity, parts["quoted"].polarity
    (-1.0, 0.7)
    """
    if not isinstance(_checked(article, variant), Article):
        raise InputError("tone_by_part needs an Article, got str; measure_tone takes strings")
    body = article.spans()
    own, said = _parted(article, quoted)
    whole = score(article.body, variant)
    lead = article.plain[body[0].start : body[0].end] if body else ""
    return {
        "body": whole,
        "headline": score(article.headline, variant) if article.headline else UNSCORED,
        "lead": score(lead, variant),
        "own_words": score(own, variant) if said else whole,
        "quoted": score(said, variant) if said else UNSCORED,
    }


def tone_by_voice(article: Article, *, voices: Mapping[str, Sequence[Span]], variant: Variant = "news") -> dict[str, Tone]:
    """Tone of the outlet's own words apart from the words of each voice that it lets speak.

    Parameters
    ----------
    article : Article
    voices : mapping of str to sequence of Span
        What each voice (an official, a witness) is said to say, directly or not, as offsets into ``article.text``; overlaps and what lies
        outside the body are allowed for.
    variant : {"textblob", "news"}

    Returns
    -------
    dict of str to Tone
        ``outlet``: the body with the words of all voices taken out; then one entry a voice.

    Raises
    ------
    InputError
        If ``article`` is no article, ``variant`` is unknown or a voice is called "outlet".
    MissingLexiconError
        If TextBlob's lexicon cannot be read.

    Notes
    -----
    Parts are cut before they are scored, as in :func:`tone_by_part`.

    Examples
    --------
    >>> page = Article(id="1", text="A grim winter, said Orlo. The mayor said that help was good.")
    >>> tones = tone_by_voice(page, voices={"official": [Span(0, 13), Span(41, 59)]})
    >>> tones["official"].polarity, tones["outlet"].n_scored
    (-0.15000000000000002, 0)
    """
    if not isinstance(_checked(article, variant), Article):
        raise InputError("tone_by_voice needs an Article, got str; measure_tone takes strings")
    if OUTLET in voices:
        raise InputError(f"no voice can be called {OUTLET!r}: that is the outlet's own")
    own, _ = _parted(article, [span for spans in voices.values() for span in spans])
    said = {voice: _parted(article, spans)[1] for voice, spans in voices.items()}
    return {voice: score(words, variant) if words else UNSCORED for voice, words in ({OUTLET: own} | said).items()}


def _parted(article: Article, spans: Sequence[Span]) -> tuple[str, str]:
    """The body without these spans, and the body under them; a word that nothing knows stands at every cut."""
    gap = f" {GAP} "
    own: list[str] = []
    said: list[str] = []
    cuts = _disjoint(spans)
    for paragraph in article.spans():
        at = paragraph.start
        pieces = []
        for number in range(bisect_right(cuts, at, key=lambda cut: cut[1]), len(cuts)):
            start, end = cuts[number]
            if start >= paragraph.end:
                break
            pieces.append(article.plain[at : max(at, start)])
            said.append(article.plain[max(at, start) : min(end, paragraph.end)])
            at = min(end, paragraph.end)
        own.append(gap.join([*pieces, article.plain[at : paragraph.end]]))
    return "\n\n".join(own), gap.join(said)
