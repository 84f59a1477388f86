"""Articles of stores as two readers read them: each claim with what both said of it."""

import json
from dataclasses import replace

PART = {"attribution": ("source",)}
"""What a field of a claim is called where readers differ, if not by its own name."""


def read_by(article, said):
    """A stored article whose claims are what ``said`` makes of each, given its number and JSON."""
    rows = []
    for row in article.claims:
        claim = said(row["number"], json.loads(row["data"]))
        rows.append({**row, "data": json.dumps(claim, ensure_ascii=False)})
    return replace(article, claims=tuple(rows))


def both(claim, confidence=None, **other):
    """A claim that rules and a model found; the model read the fields in ``other`` so."""
    differs = [part for name in other for part in PART.get(name, (name,))]
    told = {
        "by": ["rules", "model"],
        "differs": differs,
        "confidence": confidence,
        "other": {**claim, **other} if other else None,
    }
    return {**claim, "readers": told}


def alone(claim, reader, confidence=None):
    """A claim that only one of two readers found."""
    return {
        **claim,
        "readers": {"by": [reader], "differs": ["presence"], "confidence": confidence, "other": None},
    }
