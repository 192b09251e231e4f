"""Bytes to text: the encoding is detected, damage is reported, and nothing is repaired."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

from framing.errors import Problem, ReadingError

_SIGNATURES = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\x1f\x8b", "a gzip file (its name must end in .gz)"),
    (b"PAR1", "a Parquet file (its name must end in .parquet)"),
    (b"SQLite format 3", "an SQLite database"),
)
# UTF-32 first: its little-endian mark begins with the one of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What a page that is not UTF-8 is likely to be. Others (EBCDIC, DOS code pages) only add wrong guesses on short texts.
_LEGACY = [
    "cp1252",
    "cp1250",
    "cp1251",
    "cp1253",
    "cp1254",
    "cp1255",
    "cp1256",
    "koi8_r",
    "gb18030",
    "big5",
    "shift_jis",
    "euc_jp",
    "euc_kr",
]
_LATIN = frozenset({"ascii", "cp1252", "latin_1", "iso8859_1", "iso8859_15", "cp1250", "cp1254"})
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1b\x7f-\x84\x86-\x9f]")
_SAMPLE = 65_536

# UTF-8 read as Windows-1252: an apostrophe becomes "â€™", "é" becomes "Ã©", a no-break space "Â ".
_MOJIBAKE = re.compile(
    r"\ufffd|â€[™œ\x9d˜“”¦¢\x93\x94\x99\x9c]|â\x80[\x93-\x9d\xa6]|Ã[\x80-\xbf¡-¿€‚ƒ„…†‡ˆ‰Š‹Œ‘’“”•–—˜™š›œ]|Â[\xa0£©®°·»«§]"
)


@dataclass(frozen=True)
class Decoded:
    """A text and, where the encoding had to be guessed or bytes were damaged, what to tell about it.

    Attributes
    ----------
    text : str
    encoding : str
    doubt : str or None
    line : int or None
        Of the first damaged byte.
    """

    text: str
    encoding: str
    doubt: str | None = None
    line: int | None = None

    def problems(self, where: str) -> list[Problem]:
        """The doubt as a problem that loses nothing; none if all was plain."""
        return [Problem(where, self.doubt, line=self.line, lost=False)] if self.doubt else []


def decode(data: bytes, *, declared: str | None = None) -> Decoded:
    """The text of a file, its encoding found by mark (UTF-8, UTF-16, UTF-32), by trying UTF-8, by declaration, or by guess.

    Line breaks stay as they are. A text that is UTF-8 but for a few bytes keeps U+FFFD in their place and says so.

    Parameters
    ----------
    data : bytes
    declared : str, optional
        What the file itself says (an HTML page's ``charset``); used where the bytes are not UTF-8 but fit it.

    Raises
    ------
    ReadingError
        If the bytes are no text: a known binary format, NUL bytes, or no encoding that fits.

    Examples
    --------
    >>> decode("Grève à Port Sallow".encode("cp1252")).text
    'Grève à Port Sallow'
    """
    for signature, name in _SIGNATURES:
        if data.startswith(signature):
            raise ReadingError(f"this is {name}, not text")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return Decoded(_checked(data.decode(encoding)), encoding)
            except UnicodeDecodeError as error:
                raise ReadingError(f"begins with the mark of {encoding} but cannot be read so (byte {error.start})") from error
    if b"\x00" in data:
        raise ReadingError("not text: it holds NUL bytes (a binary file under another name?)")
    try:
        return Decoded(_checked(data.decode("utf-8-sig")), "utf-8")
    except UnicodeDecodeError as error:
        return _not_utf8(data, error.start, declared)


def _not_utf8(data: bytes, first: int, declared: str | None) -> Decoded:
    line = data.count(b"\n", 0, first) + 1
    if declared:
        try:
            codec = codecs.lookup(declared).name
            return Decoded(_checked(data.decode("cp1252" if codec == "iso8859-1" else codec)), codec)  # as browsers do
        except (LookupError, UnicodeDecodeError):
            pass
    mended = data.decode("utf-8-sig", errors="replace")
    damaged = mended.count("\ufffd")
    sound = sum(1 for c in mended if c > "\x7f") - damaged
    if sound > damaged:
        return Decoded(_checked(mended), "utf-8", f"not valid UTF-8 at {damaged} places (shown as U+FFFD), the first on this line", line)
    sample = data if len(data) <= _SAMPLE else data[max(0, first - _SAMPLE // 2) : first + _SAMPLE // 2]
    guess = from_bytes(sample, cp_isolation=_LEGACY).best()
    if guess is None:
        raise ReadingError(f"not text in any known encoding (not UTF-8 from line {line} on)")
    encoding = "cp1252" if guess.encoding in _LATIN else guess.encoding
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        encoding, text = "latin-1", data.decode("latin-1")
    return Decoded(_checked(text), encoding, f"not UTF-8; read as {encoding}, which is a guess", line)


def _checked(text: str) -> str:
    """Text with hardly any control characters; anything else is a binary file that happened to decode."""
    n_controls = len(_CONTROL.findall(text))
    if n_controls > 3 and n_controls > len(text) / 200:
        raise ReadingError(f"not text: {n_controls:,} control characters among {len(text):,} (a binary file under another name?)")
    return text


def note_mojibake(text: str) -> str | None:
    """What to tell of characters that look wrongly decoded ("â€™" for an apostrophe, U+FFFD); None where there are none.

    Examples
    --------
    >>> note_mojibake("the mayorâ€™s office")
    "1 sign of a wrong encoding in the text, as in 'mayorâ€™s'; it is left as it is"
    """
    first = _MOJIBAKE.search(text)
    if first is None:
        return None
    count = sum(1 for _ in _MOJIBAKE.finditer(text))
    before, after = text[max(0, first.start() - 12) : first.start()].split(" ")[-1], text[first.end() : first.end() + 12].split(" ")[0]
    example = f"{before}{first.group()}{after}"
    return f"{count} sign{'s' if count > 1 else ''} of a wrong encoding in the text, as in {example!r}; it is left as it is"
