"""The digests of the shipped weights (framing/weights.tsv), made anew from the files. Every script that writes weights calls it.

python tools/digests.py

A new file of weights is added to the table by hand, with the engines that do without it.
"""

import hashlib
from pathlib import Path

from framing.resources import load_arrays, load_table

PACKAGE = Path(__file__).resolve().parents[1] / "framing"
TABLE = PACKAGE / "weights.tsv"


def renew_digests() -> None:
    lines = []
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        file, *rest = line.split("\t")
        if rest and file != "file":
            rest[-1] = hashlib.sha256((PACKAGE / file).read_bytes()).hexdigest()
        lines.append("\t".join([file, *rest]))
    TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    load_table.cache_clear()
    load_arrays.cache_clear()


if __name__ == "__main__":
    renew_digests()
