"""The package of a workbook (Office Open XML, ECMA-376), sheet by sheet and row by row, straight into the ZIP: nothing is held but one buffer.

It is written here and not by a library because of what that takes: 116,839 claims with some forty filled cells each took 24 seconds of a processor by XlsxWriter, and take 7.5 so
(docs/explanation/decisions). What is written is the least that spreadsheets need: sheets with text in place, one bold style for headings, a filter and a frozen row. Entries have no time.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from xml.sax.saxutils import escape

from marsad.export.cells import guarded
from marsad.export.columns import Value

MOST_ROWS = 1_048_576
"""Of a sheet, with its heading; a spreadsheet opens no more."""
MOST_BYTES = 2_000_000_000
"""Of a sheet's XML: a ZIP entry beyond 2 GiB needs an extension that not every spreadsheet reads."""
MOST_TEXT = 32_767
"""Of a cell, in UTF-16 units."""
_LEVEL = 1
"""Of compression: three times as fast as the usual 6, and a fifth larger."""
_BUFFER = 1 << 18
_COLUMNS = 256
_SHORT = 60
"""Texts up to this length are kept for when they come again: names, codes, days."""
_MOST_KNOWN = 1 << 15
"""How many of them; then all are forgotten."""
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
"""What a spreadsheet would take for an escaped character."""
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_CORE = "application/vnd.openxmlformats-package.core-properties+xml"
_STYLES = (
    f'{_XML}<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    "<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)  # fmt: skip


def column_letters(number: int) -> str:
    """The letters of a column, counted from 0: A, Z, AA."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


_LETTERS = tuple(map(column_letters, range(_COLUMNS)))


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's name and its width, in characters."""

    name: str
    width: float


class Sheet:
    """A sheet that is being written."""

    def __init__(self, file: IO[bytes], headings: Sequence[Heading], *, right_to_left: bool) -> None:
        self._file, self._last = file, _LETTERS[len(headings) - 1]
        self._held: list[str] = []
        self._known: dict[str, str] = {}
        self._size = self._bytes = 0
        self.rows = self.cut = 0
        widths = "".join(
            f'<col min="{n}" max="{n}" width="{one.width}" customWidth="1"/>'
            for n, one in enumerate(headings, 1)
        )
        runs = ' rightToLeft="1"' if right_to_left else ""
        self._write(
            f'{_XML}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView{runs} workbookViewId="0">'
            f'<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>{widths}</cols><sheetData>'
        )
        self._row([one.name for one in headings], ' s="1"')

    @property
    def full(self) -> bool:
        """Whether it takes no further row."""
        return self.rows >= MOST_ROWS or self._bytes >= MOST_BYTES

    @property
    def range(self) -> str:
        """All cells, with absolute references: ``$A$1:$D$9``."""
        return f"$A$1:${self._last}${self.rows}"

    def add(self, values: Sequence[Value]) -> None:
        """Write a row; None is an empty cell."""
        self._row(values, "")

    def close(self) -> None:
        """Write the end and close its entry."""
        self._write(f'</sheetData><autoFilter ref="{self.range.replace("$", "")}"/></worksheet>')
        self._flush()
        self._file.close()

    def _row(self, values: Sequence[Value], style: str) -> None:
        self.rows += 1
        row, known = self.rows, self._known
        made = [f'<row r="{row}">']
        for letters, value in zip(_LETTERS, values, strict=False):
            if value is None:
                continue
            if isinstance(value, str):
                # (a short text that was here before costs no call: there are some million cells)
                made.append(
                    f'<c r="{letters}{row}"{style} t="inlineStr">{known.get(value) or self._text(value)}</c>'
                )
            elif isinstance(value, bool):
                made.append(f'<c r="{letters}{row}" t="b"><v>{value:d}</v></c>')
            else:
                made.append(f'<c r="{letters}{row}"><v>{value}</v></c>')
        made.append("</row>")
        self._write("".join(made))

    def _text(self, value: str) -> str:
        if len(value) <= _SHORT:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            made = self._known[value] = _inline(guarded(value))
            return made
        text = guarded(value)
        if len(text) > MOST_TEXT // 2 and (units := text.encode("utf-16-le"))[MOST_TEXT * 2 :]:
            text = units[: (MOST_TEXT - 1) * 2].decode("utf-16-le", "ignore") + "…"
            self.cut += 1
        return _inline(text)

    def _write(self, text: str) -> None:
        self._held.append(text)
        self._size += len(text)
        if self._size > _BUFFER:
            self._flush()

    def _flush(self) -> None:
        whole = "".join(self._held).encode()
        self._file.write(whole)
        self._bytes += len(whole)
        self._held, self._size = [], 0


def _inline(text: str) -> str:
    """A text as it stands in a cell."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "_x" in text:
        text = _ESCAPED.sub("_x005F_", text)
    kept = ' xml:space="preserve"' if text != text.strip() else ""
    if "&" in text or "<" in text or ">" in text:
        text = escape(text)
    return f"<is><t{kept}>{text}</t></is>"


class Package:
    """A workbook that is being written, one sheet after the other.

    Args:
        path: The file.
        moment: ISO: when it was made, by its properties.
        right_to_left: How its sheets run.
    """

    def __init__(self, path: Path, moment: str, *, right_to_left: bool) -> None:
        self._zip = zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL)
        self._moment, self._right_to_left = moment, right_to_left
        self._sheets: dict[str, Sheet] = {}
        self._open: Sheet | None = None

    @property
    def cut(self) -> int:
        """How many cells were cut because they were too long."""
        return sum(sheet.cut for sheet in self._sheets.values())

    def sheet(self, name: str, headings: Sequence[Heading]) -> Sheet:
        """Begin a sheet; the one before is closed."""
        if self._open:
            self._open.close()
        number = len(self._sheets) + 1
        # (a name as text: such entries have the first time that a ZIP can tell, at any time)
        file = self._zip.open(f"xl/worksheets/sheet{number}.xml", "w")
        self._open = self._sheets[name] = Sheet(file, headings, right_to_left=self._right_to_left)
        return self._open

    def close(self, order: Sequence[str]) -> None:
        """Write what holds the sheets together, in the order of their names, and close the file."""
        if self._open:
            self._open.close()
        numbers = {name: number for number, name in enumerate(self._sheets, 1)}
        self._put("xl/workbook.xml", self._workbook([(name, numbers[name]) for name in order]))
        self._put("xl/_rels/workbook.xml.rels", _relations(len(numbers)))
        self._put("xl/styles.xml", _STYLES)
        self._put("docProps/core.xml", self._core())
        self._put(
            "_rels/.rels",
            f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
            f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>',
        )
        self._put("[Content_Types].xml", _content_types(len(numbers)))
        self._zip.close()

    def _put(self, name: str, text: str) -> None:
        with self._zip.open(name, "w") as entry:
            entry.write(text.encode())

    def _workbook(self, order: Sequence[tuple[str, int]]) -> str:
        sheets = "".join(
            f'<sheet name="{escape(name)}" sheetId="{number}" r:id="rId{number}"/>' for name, number in order
        )
        ranges = "".join(
            f'<definedName name="_xlnm._FilterDatabase" localSheetId="{at}" hidden="1">\'{escape(name)}\'!{self._sheets[name].range}</definedName>'
            for at, (name, _) in enumerate(order)
        )
        return f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{sheets}</sheets><definedNames>{ranges}</definedNames></workbook>'

    def _core(self) -> str:
        at = (self._moment or "1980-01-01T00:00:00")[:19] + "Z"
        times = "".join(
            f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{escape(at)}</dcterms:{name}>'
            for name in ("created", "modified")
        )
        return (
            f'{_XML}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
            f' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>As reported</dc:title><dc:creator>Marsad</dc:creator>{times}</cp:coreProperties>'
        )


def _relations(sheets: int) -> str:
    each = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, sheets + 1)
    )
    styles = f'<Relationship Id="rId{sheets + 1}" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{each}{styles}</Relationships>'


def _content_types(sheets: int) -> str:
    parts = [(f"/xl/worksheets/sheet{n}.xml", f"{_KIND}.worksheet+xml") for n in range(1, sheets + 1)]
    parts += [
        ("/xl/workbook.xml", f"{_KIND}.sheet.main+xml"),
        ("/xl/styles.xml", f"{_KIND}.styles+xml"),
        ("/docProps/core.xml", _CORE),
    ]
    each = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in parts)
    return (
        f'{_XML}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{each}</Types>'
    )
