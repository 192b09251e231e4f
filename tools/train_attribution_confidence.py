"""Set how sure the learned engines are, on the hand-coded articles that were kept back from training them.

    python tools/train_attribution_confidence.py $FRAMING_GOLD [--engine encoder fast]

Writes framing/measuring/attribution/confidence.tsv: a logistic regression for each engine (is this attribution right?), and prints what
leaning and thresholds would do, each by five-fold cross-validation over articles.
"""

import argparse
import importlib.util
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from train_attribution import held_out, read

from framing.article import as_article
from framing.measuring import encoder
from framing.measuring.attribution import encoded, fast, learned
from framing.resources import load_table
from framing.text import quotations

TABLE = Path(__file__).resolve().parents[1] / "framing/measuring/attribution/confidence.tsv"
HEAD = """\
# Weights of two logistic regressions, one for each learned engine: how likely is an attribution right? Row "1" is the intercept.
# Origin: tools/train_attribution_confidence.py on the training articles of PolNeAR that were kept back. Licence: Apache-2.0. Edits: none.
"""


def load_scorer(folder: Path):
    spec = importlib.util.spec_from_file_location("score_attribution", folder / "score_attribution.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--engine", nargs="+", default=["encoder", "fast"])
    args = parser.parse_args()
    scorer = load_scorer(args.gold)
    rows = [row for row in read(args.gold / "polnear_train.jsonl.gz") if held_out(row["id"])]
    columns = {
        engine: {row["evidence"]: float(row[engine]) for row in load_table("measuring/attribution/confidence")}
        for engine in ("encoder", "fast")
    }
    for engine in args.engine:
        prepared = []
        for row in rows:
            article = as_article(row["text"])
            spans = article.spans()
            quotes = quotations(article.plain, spans)
            scores = encoded.scores(encoder.read(article)) if engine == "encoder" else fast.scores(article.plain, spans, quotes)
            prepared.append((row, spans, quotes, scores))
        columns[engine] = fit(prepared, engine, scorer)
    names = list(columns[args.engine[0]])
    lines = ["\t".join([name, *(f"{columns[e].get(name, 0):.3f}" for e in ("encoder", "fast"))]) for name in names]
    TABLE.write_text(HEAD + "evidence\tencoder\tfast\n" + "\n".join(lines) + "\n", encoding="utf-8")


def fit(prepared: list, engine: str, scorer) -> dict[str, float]:
    """Weights at the leaning that does best by the sum of four F1, found by cross-validation with the threshold."""
    best = (0.0, 0.0, 0.0)
    for lean in (0.0, 0.3, 0.6, 1.0):
        learned.LEANS[engine] = lean
        found, x, y, group = collect(prepared, engine, scorer)
        chance = np.zeros(len(y))
        for fold in range(5):
            inside = group % 5 != fold
            model = LogisticRegression(C=1.0, max_iter=1000, fit_intercept=False).fit(x[inside], y[inside])
            chance[~inside] = model.predict_proba(x[~inside])[:, 1]
        for threshold in (0.0, 0.2, 0.3, 0.35, 0.4, 0.45, 0.5):
            kept = {}
            for (row, *_), start, attributions in found:
                kept[row["id"]] = {"attributions": [a for i, a in enumerate(attributions) if chance[start + i] >= threshold]}
            figures = scorer.score({row["id"]: row for row, *_ in prepared}, kept)
            f1 = [figures[f"{what}, {which}"]["f1"] for what in ("who said what", "content") for which in ("all", "quoted")]
            print(f"{engine} lean {lean} threshold {threshold}: {f1}", flush=True)
            best = max(best, (sum(f1), lean, threshold))
    print(f"{engine}: best lean {best[1]}, threshold {best[2]}")
    learned.LEANS[engine] = best[1]
    _, x, y, _ = collect(prepared, engine, scorer)
    model = LogisticRegression(C=1.0, max_iter=1000, fit_intercept=False).fit(x, y)
    return dict(zip(NAMES, model.coef_[0], strict=True))


NAMES: list[str] = []


def collect(prepared: list, engine: str, scorer):
    """Attributions found, their evidence, whether each is right, and the number of its article."""
    learned.THRESHOLDS[engine] = 0.0
    kept, x, y, group = [], [], [], []
    seen: list[dict[str, float]] = []

    def remember(found, which):
        seen.append(found)
        return 0.5

    before = learned.confidence, learned.by_layout
    learned.confidence, learned.by_layout = remember, lambda *_: ()
    for number, item in enumerate(prepared):
        row, spans, quotes, (tokens, scores) = item
        seen.clear()
        found = learned.read(row["text"], spans, quotes, tokens, scores, engine=engine)
        words = scorer.Words(row["text"])
        roles = scorer.ROLES
        gold = [{role: words.covered(a[role]) for role in roles} for a in row["attributions"] if words.covered(a["content"])]
        plain = [{role: [list(s) for s in getattr(f, role)] for role in roles} for f in found]
        mine = [{role: words.covered(a[role]) for role in roles} for a in plain]
        back = {j: i for i, j in scorer.best_pairs(gold, mine).items()}
        kept.append((item, len(x), plain))
        NAMES[:] = list(seen[0]) if seen else NAMES
        for j, f in enumerate(mine):
            right = j in back and (bool(f["source"] & gold[back[j]]["source"]) if f["source"] else True)
            x.append(list(seen[j].values()))
            y.append(right)
            group.append(number)
    learned.confidence, learned.by_layout = before
    return kept, np.array(x), np.array(y), np.array(group)


if __name__ == "__main__":
    main()
