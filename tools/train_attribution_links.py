"""Learn which source, cue and content belong together, from the spans of hand-coded articles.

    python tools/train_attribution_links.py $FRAMING_GOLD

Writes framing/measuring/attribution/links.tsv: weights of two logistic regressions (content to cue, cue to source).
"""

import argparse
import gzip
import json
from pathlib import Path

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from framing.english import sentences
from framing.measuring.attribution.linker import Linker, Roles
from framing.text import Span, paragraph_spans

TABLE = Path(__file__).resolve().parents[1] / "framing/measuring/attribution/links.tsv"
HEAD = """\
# Weights of two logistic regressions: does this content belong to this cue, does this cue belong to this source?
# "before:" and "after:" say on which side of the cue the content stands (of the source the cue). Row "1" is the intercept.
# Origin: tools/train_attribution_links.py on the training articles of PolNeAR. Licence: Apache-2.0. Edits: none.
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    args = parser.parse_args()
    with gzip.open(args.gold / "polnear_train.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    pairs = {"content": ([], []), "source": ([], [])}
    for row in rows:
        attributions = [a for a in row["attributions"] if a["cue"]]
        spans = {role: sorted({tuple(s) for a in attributions for s in a[role]}) for role in ("source", "cue", "content")}
        found = Roles(*([Span(*s) for s in spans[role]] for role in ("source", "cue", "content")))
        text = row["text"]
        linker = Linker(text, found, [p.start for p in paragraph_spans(text)], [s.start for s in sentences(text)])
        belongs = {
            "content": {(tuple(c), tuple(a["cue"][0])) for a in attributions for c in a["content"]},
            "source": {(tuple(a["cue"][0]), tuple(s)) for a in attributions for s in a["source"]},
        }
        for what, ones, others, role in (("content", found.content, found.cue, "cue"), ("source", found.cue, found.source, "source")):
            for one in ones:
                for place in linker.near(one, role):
                    pairs[what][0].append(linker.features(one, others[place], role))
                    pairs[what][1].append((tuple(one), tuple(others[place])) in belongs[what])
    columns = {}
    for what, (features, y) in pairs.items():
        vectors = DictVectorizer()
        model = LogisticRegression(C=1.0, max_iter=2000).fit(vectors.fit_transform(features), y)
        columns[what] = {"1": model.intercept_[0], **dict(zip(vectors.get_feature_names_out(), model.coef_[0], strict=True))}
        print(f"{what}: {len(y)} pairs, {sum(y)} linked, accuracy on them {model.score(vectors.transform(features), y):.4f}")
    names = ["1", *sorted(set(columns["content"]) | set(columns["source"]) - {"1"})]
    lines = [f"{name}\t{columns['content'].get(name, 0):.3f}\t{columns['source'].get(name, 0):.3f}" for name in dict.fromkeys(names)]
    TABLE.write_text(HEAD + "feature\tcontent\tsource\n" + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
