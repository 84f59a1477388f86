"""Write pages/expected.json anew from what comes out now; read the difference before you commit it."""

import json
from pathlib import Path

from marsad.articles import Limits, article_of, raw_articles

PAGES = Path(__file__).parent / "pages"
FIELDS = ("title", "published", "outlet", "url", "text")

if __name__ == "__main__":
    rows = {}
    for path in sorted(PAGES.glob("*.html")):
        (raw,) = raw_articles(str(path), Limits())
        article = article_of(raw)
        rows[path.name] = {field: getattr(article, field) for field in FIELDS}
    (PAGES / "expected.json").write_text(
        json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
