"""From a file, a page or a line of JSON to an `Article`.

Two steps, so that several processes can share the work: `pieces` cuts a file of any known kind (text, HTML, JSON, tables, Word, PDF,
web archives, Telegram exports) into raw articles without decoding them, `article_of` decodes, checks and completes one. What cannot be
read is refused with `SetAside`; `files_in` finds the files of a folder that can be read.
Which articles are copies of one another is told by `sign`, article by article, and `copies` or `families` over all.
"""

from marsad.articles.formats import files_in, pieces
from marsad.articles.language import check_readable
from marsad.articles.opening import raw_articles
from marsad.articles.published import check_published
from marsad.articles.raw import About, Defaults, Limits, Meter, RawArticle
from marsad.articles.records import article_of
from marsad.articles.sameness import Copy, Signature, Signed, copies, families, sign

__all__ = [
    "About",
    "Copy",
    "Defaults",
    "Limits",
    "Meter",
    "RawArticle",
    "Signature",
    "Signed",
    "article_of",
    "check_published",
    "check_readable",
    "copies",
    "families",
    "files_in",
    "pieces",
    "raw_articles",
    "sign",
]
