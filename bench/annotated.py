"""The annotated articles that the weights are learnt from: ``../shared/gold/train.jsonl`` and our own annotation of the corpus.

Our own lies in ``bench/annotated.jsonl.gz`` as offsets into articles of ``../shared/corpus`` and holds no text: {"id", "claims": [{"event",
"polarity", "modality", "evidence": [span], "attribution": [[span]], "actors": [{"role", "spans": [span]}], "place": [span]}]}, where a span is
[start, end], or [start, end, "title"], and the first span of a name is the name, the others what else names the same. Language models
annotated it after CODEBOOK.md; on articles of train.jsonl mixed in unmarked they agreed with the annotators there nearly as well as those
agree with one another (bench/README.md has the figures). The program itself uses no language model.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from shared import need_shared

SHARED = need_shared()
OWN = Path(__file__).parent / "annotated.jsonl.gz"

Row = dict[str, Any]


def jsonl(path: Path) -> Iterator[Row]:
    """The objects of a JSONL file, gzipped or not."""
    raw = path.read_bytes()
    text = gzip.decompress(raw) if path.suffix == ".gz" else raw
    for line in filter(None, text.split(b"\n")):
        yield json.loads(line)


def annotated_articles() -> Iterator[Row]:
    """All annotated articles in the form of train.jsonl; those of ours have neither times nor counts."""
    yield from jsonl(SHARED / "gold/train.jsonl")
    yield from own_articles()


def own_articles() -> Iterator[Row]:
    """Our own annotation with the text of the corpus."""
    if not OWN.exists():
        return
    ours = {row["id"]: row["claims"] for row in jsonl(OWN)}
    for article in jsonl(SHARED / "corpus/articles.jsonl.gz"):
        if article["id"] in ours:
            yield {**article, "claims": [_spelt_out(article, claim) for claim in ours[article["id"]]]}


def _spelt_out(article: Row, claim: Row) -> Row:
    """A claim with the words of its spans."""
    return {
        **claim,
        "evidence": [{"start": span[0], "end": span[1], "in": _part(span)} for span in claim["evidence"]],
        "attribution": [_named(article, spans) for spans in claim["attribution"]],
        "actors": [{"role": actor["role"], **_named(article, actor["spans"])} for actor in claim["actors"]],
        "place": _named(article, claim["place"]) if claim["place"] else None,
    }


def _part(span: list[Any]) -> str:
    return span[2] if len(span) > 2 else "text"


def _named(article: Row, spans: list[list[Any]]) -> dict[str, Any]:
    """The words of the first span as text, those of the others as also."""
    words = [article[_part(span)][span[0] : span[1]] for span in spans]
    return {"text": words[0], "also": words[1:]}
