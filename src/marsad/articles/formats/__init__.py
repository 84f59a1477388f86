"""All the kinds of files that articles come in, told apart by what they hold; the name decides only where content cannot.

`pieces` is the door: it cuts a file into raw articles and never raises for what is in the file. A damaged or unwanted item comes out as a
refused piece with a reason, and the rest goes on. `pieces_in` does the same for an open file, or for a `Stretch` of it where several readers share one.
"""

from marsad.articles.formats.door import pieces
from marsad.articles.formats.folders import files_in, may_hold_articles
from marsad.articles.formats.job import Job
from marsad.articles.formats.stretches import Stretch, form_of, pieces_in, row_groups

__all__ = ["Job", "Stretch", "files_in", "form_of", "may_hold_articles", "pieces", "pieces_in", "row_groups"]
