"""From a file, a page or a line of JSON to an `Article`.

Two steps, so that several processes can share the work: `pieces` cuts a file of any known kind (text, HTML, JSON, tables, Word, PDF,
web archives, Telegram exports) into raw articles without decoding them, `article_of` decodes, checks and completes one. What cannot be
read is refused with `SetAside`; `files_in` finds the files of a folder that can be read. `pieces_in` reads an open file, or a `Stretch` of one
that several readers share.
Which articles are copies of one another is told by `sign`, article by article, and `copies` or `families` over all.
"""

from marsad.articles.formats import (
    Job,
    Stretch,
    files_in,
    form_of,
    may_hold_articles,
    pieces,
    pieces_in,
    row_groups,
)
from marsad.articles.language import check_readable
from marsad.articles.opening import raw_articles, with_refusals
from marsad.articles.published import check_published
from marsad.articles.raw import About, Defaults, Limits, Meter, RawArticle
from marsad.articles.records import article_of
from marsad.articles.sameness import Copy, Signature, Signed, copies, families, sign

__all__ = [
    "About",
    "Copy",
    "Defaults",
    "Job",
    "Limits",
    "Meter",
    "RawArticle",
    "Signature",
    "Signed",
    "Stretch",
    "article_of",
    "check_published",
    "check_readable",
    "copies",
    "families",
    "files_in",
    "form_of",
    "may_hold_articles",
    "pieces",
    "pieces_in",
    "raw_articles",
    "row_groups",
    "sign",
    "with_refusals",
]
