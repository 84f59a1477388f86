"""What feeds say of an incident, in English or Arabic: its kind, place, day and status; then who says what, in which words."""

from __future__ import annotations

from collections.abc import Mapping

from marsad.codebook import load_codebook
from marsad.export.base import ChangeRecord, ClaimRecord, IncidentRecord, Json, Making
from marsad.export.identifiers import one_line
from marsad.export.masking import quote_of, said_of
from marsad.export.wording import outlet_words, place_words, root_words, why

MOST_VOICES = 12
"""How many claims an entry quotes; it says how many more there are."""
_TITLE = 200
_WORDS: Mapping[str, tuple[str, str]] = {
    "feed": ("Reported incidents that changed", "حوادث منقولة تغيّرت"),
    "about": (
        "Incidents as reported, by whom and in which words. They are not findings of what happened.",
        "حوادث كما نقلتها المصادر، ومن نقلها وبأي ألفاظ. ليست حكما على ما جرى.",
    ),
    "reported": ("reported", "منقول"),
    "independent": ("independent groups of roots that affirm it", "مجموعات مستقلة من الأصول تؤكده"),
    "more": ("more claims", "ادعاءات أخرى"),
    "was": ("status before", "الحالة من قبل"),
    "merged": ("merged into", "دُمج في"),
    "split": ("split into", "قُسم إلى"),
    "withdrawn": ("withdrawn: nothing tells of it any more", "سُحب: لم يعد شيء يخبر عنه"),
    "machine": ("made by the machine, no person decided about it", "من عمل الآلة، لم يبتّ فيه أحد"),
    "partly": ("people decided about some of its claims", "بتّ الناس في بعض ادعاءاته"),
    "reviewed": ("people decided about all of its claims", "بتّ الناس في كل ادعاءاته"),
}
"""English and Arabic."""


class Telling:
    """Words of the entries of a feed, in the making's language."""

    def __init__(self, making: Making) -> None:
        self._making = making
        book = load_codebook()
        self._events = {code: event.label for code, event in book.events.items()}
        self._values = book.values

    def feed_title(self) -> str:
        """The feed's title: the making's, or the project's name with what it is."""
        return self._making.title or ": ".join(
            one for one in (self._making.project, self._word("feed")) if one
        )

    def about(self) -> str:
        """What the feed holds, and what it is not."""
        return self._word("about")

    def title(self, record: IncidentRecord) -> str:
        """ "Air strike, Idlib, 2031-03-15 (reported, disputed)"."""
        data = record.data
        label = self._events.get(data["events"][0])
        what = self._making.said(label) if label else data["events"][0]
        place = place_words(data.get("place"), self._making)
        parts = [one for one in (what, place, (data.get("time") or {}).get("from")) if one]
        told = self._comma().join((self._word("reported"), self._status(data["status"])))
        return one_line(f"{self._comma().join(parts)} ({told})", _TITLE)

    def summary(self, record: IncidentRecord) -> str:
        """The status with the number of independent roots, the tolls and why."""
        data = record.data
        counted = f"{self._status(data['status'])}; {self._word('independent')}: {data['independent']}"
        return one_line(
            ". ".join(one for one in (counted, *self._tolls(data), why(data, self._making)) if one)
        )

    def body(self, change: ChangeRecord, record: IncidentRecord) -> str:
        """What the summary says, what changed, and the voices with their words, a line each."""
        lines = [self.summary(record), self._word(record.review)]
        if change.before and change.before != change.now:
            lines.append(f"{self._word('was')}: {self._status(change.before)}")
        voices = zip(record.data["claims"], record.claims, strict=True)
        lines += [self._voice(row, claim) for row, claim in list(voices)[:MOST_VOICES]]
        rest = len(record.claims) - MOST_VOICES
        return "\n".join([*lines, *([f"+ {rest} {self._word('more')}"] if rest > 0 else [])])

    def gone(self, change: ChangeRecord) -> str:
        """What became of an incident that is not there any more."""
        into = self._comma().join(change.into)
        return f"{self._word(change.what)} {into}" if into else self._word("withdrawn")

    def _voice(self, row: Json, claim: ClaimRecord) -> str:
        outlet = outlet_words(claim.head.outlet, self._making)
        label = self._values["says"].get(claim.says or "")
        says = self._making.said(label) if label else claim.says
        head = self._comma().join(one for one in (root_words(row, self._making), says, outlet) if one)
        return one_line(f"- {head}: «{quote_of(claim, self._making)}»")

    def _tolls(self, data: Json) -> list[str]:
        made = []
        for row in data["counts"]:
            label = self._values["count_kinds"].get(row["kind"])
            low, high = row["min"], row["max"]
            number = (
                f"{low}" if low == high else f"{'?' if low is None else low}-{'…' if high is None else high}"
            )
            by = [said_of(row.get(f"{end}_by"), data, self._making) for end in ("min", "max")]
            said = self._comma().join(dict.fromkeys(one for one in by if one))
            made.append(
                f"{self._making.said(label) if label else row['kind']}: {number}"
                + (f" ({said})" if said else "")
            )
        return made

    def _status(self, status: str | None) -> str:
        label = self._values["statuses"].get(status or "none")
        return self._making.said(label) if label else str(status)

    def _comma(self) -> str:
        return "، " if self._making.lang == "ar" else ", "

    def _word(self, name: str) -> str:
        return _WORDS[name][1 if self._making.lang == "ar" else 0]
