"""Trains the weights for missing hyperlinks that nutrigraph ships, on folders of cross-linked Markdown pages.

    python benchmarks/train_links.py FOLDER… [-o queries/link_model.json]

Each FOLDER has its pages in FOLDER/pages. The shipped weights were trained on two glossaries, both CC BY 4.0: Glosario
(The Carpentries and the Glosario contributors) and the Cloud Native Glossary (its authors and contributors).

First the weights of what can be said of a site without any hyperlink, with all of them hidden; then those of what
hyperlinks say, with the hyperlinks of a fifth, a half and four fifths of the pages known, asked about the others.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from link_corpus import Corpus, read_corpus

from nutrigraph.queries.link_features import EVIDENCE, FEATURES, WORDING
from nutrigraph.queries.link_model import Weights, blank, fit

KNOWN = (0.2, 0.5, 0.8)
PRECISION = 30.0
"""Of the prior at zero. Two glossaries are no sample of all sites: the weights stay small."""


def train(corpora: Sequence[Corpus]) -> Weights:
    """The weights that these corpora teach together."""
    chance = np.random.default_rng(0)
    bare = [corpus.candidates(np.ones(len(corpus.pages), bool)) for corpus in corpora]
    some = []
    for corpus in corpora:
        for share in KNOWN:
            hidden = chance.random(len(corpus.pages)) >= share
            found = corpus.candidates(hidden)
            some.append((found.features[hidden[found.page]], found.linked[hidden[found.page]]))
    x, y = np.vstack([c.features for c in bare]), np.concatenate([c.linked for c in bare])
    x_some, y_some = np.vstack([features for features, _ in some]), np.concatenate([linked for _, linked in some])
    start, spread = blank(x), blank(x_some)
    without = np.array([name in WORDING for name in FEATURES])
    mean = np.where(without, start.mean, np.where([name in EVIDENCE for name in FEATURES], 0.0, spread.mean))
    start = Weights(mean, np.where(without, start.scale, spread.scale), start.weights, float(np.log(y.mean())))
    wording = fit(x, y, start, WORDING, PRECISION)
    evidence = fit(x_some, y_some, wording, EVIDENCE, PRECISION)
    return Weights(evidence.mean, evidence.scale, evidence.weights, wording.intercept)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folders", type=Path, nargs="+", metavar="FOLDER")
    parser.add_argument("-o", dest="output", type=Path, default=Path("queries/link_model.json"))
    arguments = parser.parse_args()
    corpora = [read_corpus(folder) for folder in arguments.folders]
    weights = train(corpora)
    rows = zip(FEATURES, weights.mean, weights.scale, weights.weights, strict=True)
    data = {
        "trained_on": [f"{c.name}: {len(c.pages)} pages, {len(c.linked)} linked pairs" for c in corpora],
        "licence": "Trained on Glosario (The Carpentries and the Glosario contributors) and the Cloud Native Glossary "
        "(CNCF Glossary authors and contributors), both CC BY 4.0. The weights carry no words of theirs.",
        "intercept": round(weights.intercept, 4),
        "features": {
            name: {"mean": round(float(m), 4), "scale": round(float(s), 4), "weight": round(float(w), 4)}
            for name, m, s, w in rows
        },
    }
    arguments.output.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
