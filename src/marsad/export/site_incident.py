"""The page of one incident, put together by hand: a template engine takes four times as long, and a project has tens of thousands of them.

Every text of others goes through `bdi` or `escaped`; what does not is the program's own words, which are escaped when they are read.
"""

from __future__ import annotations

from collections.abc import Iterable

from marsad.export.site_pages import bdi, escaped, sentence
from marsad.export.site_told import Quote, Root, Told, Toll
from marsad.export.site_words import Words

FRAME = ("@TITLE@", "@MAIN@")
"""What stands in a frame, in this order, where a page's title and its content go."""
_OUT = 'rel="noreferrer noopener external"'


class IncidentPage:
    """Makes the pages.

    Args:
        frame: A page of the site with the words of `FRAME`.
        words: The words of its language.
    """

    def __init__(self, frame: str, words: Words) -> None:
        self._head, rest = frame.split(FRAME[0])
        self._middle, self._foot = rest.split(FRAME[1])
        self._words = words
        self._w = {key: escaped(text) for key, text in words.entries.items()}

    def html(self, told: Told) -> str:
        """The page of an incident."""
        title = escaped(told.title)
        main = (
            f"<h1>{self._sentence(told.title)}</h1>\n",
            self._gist(told),
            self._why(told),
            self._facts(told),
            self._tolls(told),
            self._matrix(told),
            f"<h2>{self._w['incident.claims']}</h2>\n",
            '<ol class="words">',
            *map(self._quote, told.quotes),
            "</ol>\n",
        )
        return f"{self._head}{title}{self._middle}{''.join(main)}{self._foot}"

    def _sentence(self, text: str) -> str:
        return sentence(text, self._words.lang)

    def _soft(self, text: str) -> str:
        return f'<span class="soft">{text}</span>'

    def _gist(self, told: Told) -> str:
        words, w = self._words, self._w
        label = escaped(words.label("status", told.status))
        roots = words("incident.roots", roots=told.count[0], n=told.count[1])
        review = f"{w['review']}{w['colon']}{w['review.' + told.review]}."
        if told.reviewed:
            review += " " + words("review.counted", reviewed=told.reviewed, rejected=told.rejected)
        return f'<p class="gist"><span class="status status-{told.status}">{label}</span> {roots} {self._soft(review)}</p>\n'

    def _why(self, told: Told) -> str:
        if not told.reasons:
            return ""
        head = escaped(self._words("incident.why", status=self._words.label("status", told.status)))
        rows = "".join(f"<li>{self._sentence(one)}</li>" for one in told.reasons)
        return f"<h2>{head}</h2>\n<ul>{rows}</ul>\n"

    def _facts(self, told: Told) -> str:
        w = self._w
        where = bdi(told.where) if told.where else w["unknown"]
        if told.within:
            where += " " + self._soft(f"({escaped(told.within)})")
        rows = [
            (w["list.event"], w["comma"].join(map(escaped, told.events))),
            (w["incident.when"], escaped(told.when) or w["unknown"]),
            (w["incident.where"], where),
            *((escaped(role), self._row(map(bdi, names))) for role, names in told.parties),
            (w["incident.id"], f"<code>{escaped(told.id)}</code>"),
        ]
        if told.changed:
            rows.append((w["incident.changed"], escaped(told.changed)))
        told_rows = "\n".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in rows)
        return f"<h2>{w['incident.facts']}</h2>\n<dl>{told_rows}</dl>\n"

    def _row(self, parts: Iterable[str]) -> str:
        return self._w["comma"].join(parts)

    def _tolls(self, told: Told) -> str:
        if not told.tolls:
            return ""
        differ = f"<p>{self._w['incident.differ']}</p>\n" if told.differ else ""
        return f"<h2>{self._w['incident.tolls']}</h2>\n{differ}{''.join(map(self._toll, told.tolls))}"

    def _toll(self, toll: Toll) -> str:
        ends = self._sentence(self._words("incident.range", low=toll.low, high=toll.high))
        head = f"<h3>{escaped(toll.kind)}</h3><p>{ends}</p>\n"
        if len(toll.rows) < 2:
            return head
        uncounted = " " + self._soft(self._w["toll.uncounted"])
        rows = "".join(
            f'<tr><th scope="row">{bdi(root)}</th><td>{escaped(told)}{"" if counts else uncounted}</td></tr>'
            for root, told, counts in toll.rows
        )
        return f"{head}<table><tbody>{rows}</tbody></table>\n"

    def _matrix(self, told: Told) -> str:
        w = self._w
        # A region that scrolls sideways must be reached by keyboard; a narrow one never scrolls.
        region = f' role="region" tabindex="0" aria-label="{w["incident.matrix"]}"'
        heads = "".join(f'<th scope="col">{w["act." + act]}</th>' for act in told.acts)
        rows = "\n".join(self._root(root, told.acts) for root in told.roots)
        return (
            f'<h2>{w["incident.matrix"]}</h2>\n<div class="wide"{region if len(told.acts) > 2 else ""}><table><thead><tr><th scope="col">{w["incident.root"]}</th>{heads}</tr></thead>\n'
            f"<tbody>{rows}</tbody></table></div>\n"
        )

    def _root(self, root: Root, acts: Iterable[str]) -> str:
        own = f" {self._soft(self._w['incident.own'])}" if root.own else ""
        cells = (root.cells.get(act, ()) for act in acts)
        told = (
            self._row(f'<a href="#c{number}">{bdi(outlet)}</a>' for outlet, number in cell) for cell in cells
        )
        return f'<tr><th scope="row">{bdi(root.name)}{own}</th><td>{"</td><td>".join(told)}</td></tr>'

    def _quote(self, one: Quote) -> str:
        w = self._w
        headline = f" {self._soft('(' + w['incident.title'] + ')')}" if one.headline else ""
        day = f'{w["comma"]}<bdi dir="ltr">{escaped(one.day)}</bdi>' if one.day else ""
        review = f" {self._soft(w['review.' + one.review])}" if one.review != "machine" else ""
        return (
            f'<li id="c{one.number}"><blockquote>{bdi(one.text)}</blockquote>\n<p><b>{bdi(one.root)}</b> <span class="act">{w["act." + one.act]}</span>{w["colon"]}'
            f"{escaped(one.event)}{headline}<br>\n{bdi(one.outlet)}{day}{w['colon']}{self._article(one)}{review}</p></li>\n"
        )

    def _article(self, one: Quote) -> str:
        shown = bdi(one.title or one.url)
        if one.url:
            return f'<a href="{escaped(one.url)}" {_OUT}>{shown}</a>'
        return f"{shown} {self._soft('(' + self._w['incident.unaddressed'] + ')')}"
