from __future__ import annotations

import hashlib
import importlib
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import framing
from framing import resources
from framing.cli import main
from framing.errors import FramingError, MissingDataError
from framing.measuring.attribution import fast
from framing.measuring.encoder import network, tokenizer
from framing.resources import load_arrays, load_table, load_weights, load_words

PACKAGE = Path(framing.__file__).parent
LISTS = sorted(PACKAGE.rglob("*.tsv"))


@pytest.mark.parametrize("path", LISTS, ids=lambda p: p.stem)
def test_every_list_says_where_it_is_from(path: Path) -> None:
    head = "\n".join(line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("#"))
    assert "rigin" in head, "no origin"
    assert "icence" in head, "no licence"


@pytest.mark.parametrize("path", LISTS, ids=lambda p: p.stem)
def test_every_row_has_every_column(path: Path) -> None:
    rows = load_table(str(path.relative_to(PACKAGE).with_suffix("")))
    assert rows
    for row in rows:
        assert None not in row, f"too many cells: {row}"
        assert None not in row.values(), f"too few cells: {row}"
        assert next(iter(row.values())).strip(), f"first cell empty: {row}"


def test_empty_cells_are_no_words() -> None:
    assert "" not in load_words("english/people", "note")
    assert "full" in load_words("english/people", "note")


# Files that are missing or damaged. Each loader is called as it is behind its cache.

ANEW = "install the library anew (pip install --force-reinstall media-framing)"
WITHOUT_ENCODER = f"{ANEW}, or use engine='fast' or engine='rules', which does without it"
WITHOUT_FAST = f"{ANEW}, or use engine='encoder', which does without it"
WITHOUT_FAST_NETWORK = f"{ANEW}, or use engine='encoder' or engine='rules', which does without it"
WEIGHTS: list[tuple[str, Callable[[], object], str]] = [
    ("measuring/attribution/fast.onnx", lambda: network.__wrapped__("measuring/attribution/fast"), WITHOUT_FAST_NETWORK),
    ("measuring/attribution/fast_words.txt", lambda: fast._lookup.__wrapped__(), WITHOUT_FAST_NETWORK),
    ("measuring/attribution/head.npz", lambda: load_arrays.__wrapped__("measuring/attribution/head"), WITHOUT_ENCODER),
    ("measuring/encoder/encoder.onnx", lambda: network.__wrapped__("measuring/encoder/encoder"), WITHOUT_ENCODER),
    ("measuring/encoder/tokenizer.json", lambda: tokenizer.__wrapped__(), WITHOUT_ENCODER),
    ("measuring/tone/loaded_fast.npz", lambda: load_arrays.__wrapped__("measuring/tone/loaded_fast"), WITHOUT_FAST),
    ("measuring/tone/loaded_head.npz", lambda: load_arrays.__wrapped__("measuring/tone/loaded_head"), WITHOUT_ENCODER),
    ("measuring/tone/target_fast.npz", lambda: load_arrays.__wrapped__("measuring/tone/target_fast"), WITHOUT_FAST),
    ("measuring/tone/target_head.npz", lambda: load_arrays.__wrapped__("measuring/tone/target_head"), WITHOUT_ENCODER),
    ("measuring/tone/words.npz", lambda: load_arrays.__wrapped__("measuring/tone/words"), WITHOUT_FAST),
]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """What the library takes for its own folder; only the list of digests is there."""
    shutil.copy(PACKAGE / "weights.tsv", tmp_path)
    monkeypatch.setattr(resources, "FOLDER", tmp_path)
    load_table.cache_clear()
    yield tmp_path
    load_table.cache_clear()


def copied(file: str, folder: Path) -> Path:
    (folder / file).parent.mkdir(parents=True, exist_ok=True)
    return Path(shutil.copy(PACKAGE / file, folder / file))


def test_every_file_of_weights_has_its_digest() -> None:
    listed = {row["file"]: row["sha256"] for row in load_table("weights")}
    there = [path for path in PACKAGE.rglob("*") if path.suffix in (".npz", ".onnx", ".json", ".txt", ".bin", ".gz")]
    assert {path.relative_to(PACKAGE).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in there} == listed
    assert list(listed) == [file for file, _, _ in WEIGHTS]


@pytest.mark.parametrize("file, load, instead", WEIGHTS, ids=[file for file, _, _ in WEIGHTS])
def test_weights_that_are_missing_or_damaged(file: str, load: Callable[[], object], instead: str, folder: Path) -> None:
    with pytest.raises(MissingDataError) as caught:
        load()
    assert str(caught.value) == f"{folder / file} is missing; {instead}"
    path = copied(file, folder)
    assert load() is not None
    whole = path.read_bytes()
    place = len(whole) // 2
    for damaged in (whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :], whole[:place], b"", whole + b"\n"):
        path.write_bytes(damaged)
        with pytest.raises(MissingDataError) as caught:
            load()
        why = f"the SHA-256 of its {len(damaged):,} bytes is {hashlib.sha256(damaged).hexdigest()[:12]}..., not "
        assert str(caught.value).startswith(f"{folder / file} is damaged: {why}")
        assert str(caught.value).endswith(f"... as shipped; {instead}")


@pytest.mark.parametrize(
    "content, why",
    [
        (None, "is missing"),
        (b"", "is damaged: it has no rows"),
        (b"# Origin\nword\tkind\n", "is damaged: it has no rows"),
        (b"# Origin\nword\tkind\nport\tplace\nqu", "is damaged: line 4 has 1 cells where the first has 2"),
        (b"# Origin\nword\tkind\nport place\n", "is damaged: line 3 has 1 cells where the first has 2"),
        (b"# Origin\nword\tkind\nport\tpla\xe7e\n", "is damaged: byte 27 is not UTF-8"),
        (b"# Origin\nwore\tkind\nport\tplace\n", "is damaged: it has no column 'word', only wore, kind"),
    ],
)
def test_lists_that_are_missing_or_damaged(content: bytes | None, why: str, folder: Path) -> None:
    if content is not None:
        (folder / "list.tsv").write_bytes(content)
    with pytest.raises(FramingError) as caught:
        load_words.__wrapped__("list")
    assert str(caught.value) == f"{folder / 'list.tsv'} {why}; {ANEW}"


def test_a_list_that_cannot_be_opened(folder: Path) -> None:
    (folder / "list.tsv").mkdir()
    with pytest.raises(MissingDataError) as caught:
        load_table("list")
    assert str(caught.value) == f"{folder / 'list.tsv'} cannot be read (Is a directory); {ANEW}"


def test_weights_without_a_digest_are_not_read(folder: Path) -> None:
    (folder / "other.npz").write_bytes(b"PK")
    with pytest.raises(MissingDataError) as caught:
        load_weights("other.npz")
    assert str(caught.value) == f"{folder / 'weights.tsv'} is damaged: it has no digest of other.npz; {ANEW}"


def test_the_command_says_it_in_a_line_and_the_other_engine_goes_on(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for path in (*LISTS, *(PACKAGE / file for file, _, _ in WEIGHTS if "encoder" not in file)):
        copied(path.relative_to(PACKAGE).as_posix(), folder)
    page = folder / "page.txt"
    page.write_text("Ships wait, the mayor said.", encoding="utf-8")
    network.cache_clear()
    tokenizer.cache_clear()
    assert main(["analyze", str(page), "--jsonl", str(folder / "out.jsonl"), "--quiet"]) == 1
    assert capsys.readouterr().err == f"framing: {folder / 'measuring/encoder/tokenizer.json'} is missing; {WITHOUT_ENCODER}\n"
    assert main(["analyze", str(page), "--jsonl", str(folder / "out.jsonl"), "--quiet", "--engine", "fast"]) == 0


def test_digests_are_renewed_by_the_tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tools = PACKAGE.parent / "tools"
    scripts = {path.name: path.read_text(encoding="utf-8") for path in tools.glob("*.py")}
    writes = {name for name, source in scripts.items() if "np.savez" in source or "onnx.save" in source}
    assert writes
    assert writes <= {name for name, source in scripts.items() if "    renew_digests()" in source}
    monkeypatch.syspath_prepend(tools)
    digests = importlib.import_module("digests")
    monkeypatch.setattr(digests, "TABLE", tmp_path / "weights.tsv")
    table = (PACKAGE / "weights.tsv").read_text(encoding="utf-8")
    digests.TABLE.write_text(re.sub(r"\b[0-9a-f]{64}\b", "0", table), encoding="utf-8")
    digests.renew_digests()
    assert digests.TABLE.read_text(encoding="utf-8") == table
