"""Full text search over folded Arabic.

A question is words that must all be there; ``"two words"`` in quotation marks must stand together, ``-word`` must not be there, and ``word*`` is any
word that begins so. It becomes a query of FTS5 or of PostgreSQL's text search; nothing of it is ever pasted into SQL.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, text

from marsad.arabic.search import forms_of, search_words, word_spans

MOST_CHARACTERS = 400_000
"""Of a text are searched: PostgreSQL keeps a megabyte of words of each."""
_TERM = re.compile(r'(?P<no>-?)(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))')
_AROUND = 90


@dataclass(frozen=True, slots=True)
class Term:
    """One part of a question: words that stand together, in the forms of the first; ``begins`` if the last may go on."""

    words: tuple[str, ...]
    negated: bool = False
    begins: bool = False

    @property
    def forms(self) -> tuple[tuple[str, ...], ...]:
        """The runs of words that are looked for."""
        return tuple((form, *self.words[1:]) for form in forms_of(self.words[0]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """An article that was found, with the stretch of its text around the first hit and the hits' spans in that stretch."""

    id: str
    title: str
    outlet: str | None
    published: str | None
    snippet: str
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Within:
    """Which articles are asked: of some outlets, published between two ISO days; ``newest`` first instead of the best first."""

    outlets: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    newest: bool = False


def terms_of(question: str) -> list[Term]:
    """The parts of a question; empty where no letter or digit is in it."""
    found = []
    for part in _TERM.finditer(question):
        raw = part["phrase"] if part["phrase"] is not None else part["word"]
        words = tuple(search_words(raw))
        if words:
            begins = part["word"] is not None and raw.endswith("*")
            found.append(Term(words, bool(part["no"]), begins))
    return found


def put_words(connection: Connection, made: Sequence[dict[str, object]]) -> None:
    """Index articles anew: ``serial`` number, and the words of ``title`` and ``body`` with a blank between them (`marsad.arabic.search`)."""
    if not made:
        return
    if connection.dialect.name == "sqlite":
        connection.execute(
            text("INSERT OR REPLACE INTO article_words (rowid, title, body) VALUES (:serial, :title, :body)"),
            made,
        )
        return
    # One statement for all: a server is asked once.
    connection.execute(
        text(
            "INSERT INTO article_words (rowid, words)"
            " SELECT serial, setweight(to_tsvector('simple', title), 'A') || setweight(to_tsvector('simple', body), 'B')"
            " FROM json_to_recordset(CAST(:rows AS json)) AS r(serial bigint, title text, body text)"
            " ON CONFLICT (rowid) DO UPDATE SET words = excluded.words"
        ),
        {"rows": json.dumps(made, ensure_ascii=False)},
    )


def find(
    connection: Connection, question: str, *, most: int = 20, skip: int = 0, within: Within | None = None
) -> tuple[int, list[Hit]]:
    """How many articles answer a question, and the best of them.

    Args:
        connection: A reading connection.
        question: Words as above.
        most: How many to describe.
        skip: How many of the best to pass over.
        within: Which articles are asked at all.
    """
    terms = terms_of(question)
    if not any(not term.negated for term in terms):
        return 0, []
    is_file = connection.dialect.name == "sqlite"
    where, asked = _narrowed(within or Within())
    asked |= {"query": _for_file(terms) if is_file else _for_server(terms), "most": most, "skip": skip}
    match = "article_words MATCH :query" if is_file else "words @@ to_tsquery('simple', :query)"
    rank = "rank" if is_file else "-ts_rank(words, to_tsquery('simple', :query))"
    if within is not None and within.newest:
        rank = "coalesce(a.day, '') DESC"
    if not is_file:
        # The planner takes the table for small, since long rows are kept apart from it, and would read every one of them.
        connection.execute(text("SET LOCAL enable_seqscan = off"))
    query = (
        "SELECT article_words.rowid AS serial, count(*) OVER () AS number FROM article_words"
        f" JOIN articles a ON a.serial = article_words.rowid WHERE {match}{where} ORDER BY {rank}, article_words.rowid LIMIT :most OFFSET :skip"
    )
    rows = connection.execute(text(query), asked).all()
    count = rows[0].number if rows else 0
    return count, [_hit(connection, row.serial, terms) for row in rows]


def _narrowed(within: Within) -> tuple[str, dict[str, object]]:
    """What holds of the article ``a``, and the values bound in it; so written that the index of words is asked first, and no other."""
    where, asked = "", dict[str, object]()
    for number, outlet in enumerate(within.outlets):
        asked[f"outlet{number}"] = outlet
    if within.outlets:
        where += f" AND coalesce(a.outlet, '') IN ({', '.join(f':outlet{number}' for number in range(len(within.outlets)))})"
    if within.since:
        where, asked["since"] = where + " AND coalesce(a.day, '') >= :since", within.since
    if within.until:
        where, asked["until"] = where + " AND coalesce(a.day, '9999') <= :until", within.until
    return where, asked


def matching(connection: Connection, question: str) -> list[int]:
    """The serials of all articles that answer a question, in no order; none where it asks for no word."""
    terms = terms_of(question)
    if not any(not term.negated for term in terms):
        return []
    if connection.dialect.name == "sqlite":
        query = "SELECT rowid FROM article_words WHERE article_words MATCH :query"
        return list(connection.scalars(text(query), {"query": _for_file(terms)}))
    connection.execute(text("SET LOCAL enable_seqscan = off"))  # as in `find`
    query = "SELECT rowid FROM article_words WHERE words @@ to_tsquery('simple', :query)"
    found = list(connection.scalars(text(query), {"query": _for_server(terms)}))
    connection.execute(text("SET LOCAL enable_seqscan TO DEFAULT"))
    return found


def _for_file(terms: Iterable[Term]) -> str:
    wanted = " AND ".join(_any(term) for term in terms if not term.negated)
    for term in terms:
        if term.negated:
            wanted = f"({wanted}) NOT {_any(term)}"
    return wanted


def _any(term: Term) -> str:
    star = "*" if term.begins else ""
    return "(" + " OR ".join(f'"{" ".join(form)}"{star}' for form in term.forms) + ")"


def _for_server(terms: Iterable[Term]) -> str:
    parts = []
    for term in terms:
        star = ":*" if term.begins else ""
        forms = " | ".join(
            "(" + " <-> ".join(f"'{word}'" for word in form) + star + ")" for form in term.forms
        )
        parts.append(f"{'!' if term.negated else ''}({forms})")
    return " & ".join(parts)


def _hit(connection: Connection, serial: int, terms: Sequence[Term]) -> Hit:
    row = connection.execute(
        text(
            "SELECT a.id, a.title, a.outlet, a.published, v.text FROM articles a"
            " JOIN versions v ON v.article = a.id AND v.number = a.version WHERE a.serial = :serial"
        ),
        {"serial": serial},
    ).one()
    snippet, spans = _snippet(row.text, terms)
    return Hit(
        id=row.id,
        title=row.title,
        outlet=row.outlet,
        published=row.published,
        snippet=snippet,
        spans=spans,
    )


def _snippet(raw: str, terms: Sequence[Term]) -> tuple[str, tuple[tuple[int, int], ...]]:
    whole = {form for term in terms if not term.negated for first in term.forms for form in first}
    begun = tuple(form[-1] for term in terms if term.begins and not term.negated for form in term.forms)
    begin = end = 0
    spans: list[tuple[int, int]] = []
    for word, start, stop in word_spans(raw[:MOST_CHARACTERS]):
        if spans and start > spans[0][0] + _AROUND:
            break
        if word in whole or (begun and word.startswith(begun)):
            spans.append((start, stop))
    first = spans[0][0] if spans else 0
    begin, end = max(0, first - _AROUND), min(len(raw), first + 2 * _AROUND)
    return raw[begin:end], tuple((start - begin, stop - begin) for start, stop in spans)
