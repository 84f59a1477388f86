"""Articles as they come into a store, read from texts that are written here."""

from dataclasses import replace

from marsad.articles import Defaults, Limits, RawArticle
from marsad.run.storing import StoringWork

WORK = StoringWork(defaults=Defaults(), limits=Limits())
TEXT = "أعلن الجيش السوري مقتل ثلاثة مسلحين في مدينة حماة أمس. وقال المرصد السوري إن خمسة مدنيين قتلوا في قصف على إدلب."
OTHER = "سيطرت فصائل المعارضة على مدينة السقيلبية بعد معارك عنيفة، وقال ناشطون إن عشرات العائلات نزحت منها إلى حماة."


def stored(identity, text=TEXT, **fields):
    """One article, read; ``fields`` are those of its record, ``piece``, ``reader`` and ``place`` those of `StoredArticle`."""
    own = {name: fields.pop(name) for name in ("piece", "reader", "place") if name in fields}
    row = {"id": identity, "text": text, "published": "2024-12-06", "outlet": "وكالة النهر", **fields}
    outcome = WORK(RawArticle(kind="record", file="test.jsonl", data=row))
    return replace(outcome.stored, **own) if own else outcome.stored
