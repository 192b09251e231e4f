"""From what a caller names (folder, file, pattern) to the bytes of single files."""

from __future__ import annotations

import glob
import gzip
import os
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from framing.article import Article
from framing.errors import Problem, ReadingError

PAGES = (".md", ".markdown", ".txt", ".text")
WEB_PAGES = (".html", ".htm", ".xhtml")
TABLES = (".csv", ".tsv", ".parquet")
JSON = (".json", ".jsonl", ".ndjson")
EXTENSIONS = PAGES + WEB_PAGES + TABLES + JSON
ACCEPTED = f"{', '.join(EXTENSIONS)} (each also with .gz)"

_DOCUMENTS = frozenset({".doc", ".docx", ".odt", ".pdf", ".rtf", ".epub", ".xls", ".xlsx", ".mht", ".mhtml", ".warc", ".zip", ".tar"})
_ABOUT_THE_FOLDER = frozenset({"readme", "license", "licence", "copying", "changelog"})


@dataclass(frozen=True)
class Source:
    """One file, read: ``where`` names it in messages, ``stem`` is the id of its article (or begins the ids of its rows)."""

    where: str
    stem: str
    extension: str
    data: bytes


@dataclass(frozen=True)
class Options:
    """What the caller said about all articles: their outlet, and which column holds which field."""

    outlet: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)


class Found(NamedTuple):
    """One article, and the line (or row) of its file where it begins."""

    article: Article
    line: int | None = None


Findings = Iterator[Found | Problem]
"""What every reader gives: articles and problems, in the order of the file."""


def extension_of(path: Path) -> str:
    """The extension in lower case, without ``.gz``: ``.csv`` for ``Herald.CSV.gz``."""
    name = path.name.lower()
    return Path(name.removesuffix(".gz")).suffix


def stem_of(path: Path) -> str:
    """The file's name without its extensions: ``herald`` for ``herald.csv.gz``."""
    name = path.name[:-3] if path.name.lower().endswith(".gz") else path.name
    return Path(name).stem or name


def find_files(source: str | os.PathLike[str]) -> tuple[list[Path], list[Problem]]:
    """The article files a folder, file or pattern stands for, sorted by path, and a note on documents that cannot be read.

    In a folder (and below it) hidden files, READMEs, licences and files of other types are passed over. A file named
    directly is taken whatever it is called.

    Raises
    ------
    ReadingError
        If there is no such path, the pattern matches nothing, or a folder holds no article file.
    """
    name = os.fspath(source)
    if not name.strip():
        raise ReadingError(f"no path given, but {name!r}; give a folder, a file or a pattern ('.' is the working directory)")
    path = Path(name)
    if path.is_file():
        return [path], []
    if path.is_dir():
        return _in_folder(path)
    if any(c in name for c in "*?["):
        matches = sorted(Path(match) for match in glob.glob(name, recursive=True))
        files = [match for match in matches if match.is_file() and extension_of(match) in EXTENSIONS and not _about_the_folder(match)]
        if files:
            return files, []
        raise ReadingError(f"no article file matches the pattern {name!r}; accepted are {ACCEPTED}")
    raise ReadingError(f"no such file or folder: {name!r}")


def _in_folder(folder: Path) -> tuple[list[Path], list[Problem]]:
    files: list[Path] = []
    documents: Counter[str] = Counter()
    for place, folders, names in os.walk(folder):
        folders[:] = [f for f in folders if not f.startswith((".", "__"))]
        for name in names:
            path = Path(place, name)
            if name.startswith(".") or _about_the_folder(path):
                continue
            if extension_of(path) in EXTENSIONS:
                files.append(path)
            elif path.suffix.lower() in _DOCUMENTS:
                documents[path.suffix.lower()] += 1
    passed = ", ".join(f"{count} {extension}" for extension, count in sorted(documents.items()))
    if not files:
        raise ReadingError(
            f"no articles in the folder {str(folder)!r}; accepted are {ACCEPTED}" + (f"; found only {passed}" if passed else "")
        )
    problems = [Problem(str(folder), f"files of types that are not read: {passed}; accepted are {ACCEPTED}", lost=False)] if passed else []
    return sorted(files, key=lambda p: p.as_posix()), problems


def _about_the_folder(path: Path) -> bool:
    return path.name.split(".")[0].lower() in _ABOUT_THE_FOLDER


def name_files(paths: list[Path]) -> dict[Path, str]:
    """An id for each file: its stem; where several share one, as much of the path as they differ in."""
    stems = Counter(stem_of(path) for path in paths)
    shared = {path: Path(os.path.abspath(path)) for path in paths if stems[stem_of(path)] > 1}
    folder = os.path.commonpath([whole.parent for whole in shared.values()]) if shared else ""
    names = {path: stem_of(path) for path in paths}
    names |= {path: (whole.parent.relative_to(folder) / stem_of(path)).as_posix() for path, whole in shared.items()}
    still = Counter(names.values())
    return {
        path: shared[path].relative_to(folder).as_posix() if path in shared and still[name] > 1 else name for path, name in names.items()
    }


def load(path: Path, stem: str) -> Source:
    """The bytes of one file, unpacked if its name ends in ``.gz``.

    Raises
    ------
    ReadingError
        If it cannot be opened, cannot be unpacked, or is empty.
    """
    try:
        data = path.read_bytes()
        if path.name.lower().endswith(".gz"):
            data = gzip.decompress(data)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise ReadingError(f"not a whole gzip file ({error})") from error
    except OSError as error:
        raise ReadingError(f"cannot be opened ({error.strerror or error})") from error
    if not data.strip():
        raise ReadingError("the file is empty")
    return Source(where=str(path), stem=stem, extension=extension_of(path), data=data)
