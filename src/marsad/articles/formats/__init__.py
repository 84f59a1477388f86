"""All the kinds of files that articles come in, told apart by what they hold; the name decides only where content cannot.

`pieces` is the door: it cuts a file into raw articles and never raises for what is in the file. A damaged or unwanted item comes out as a
refused piece with a reason, and the rest goes on.
"""

from marsad.articles.formats.door import pieces
from marsad.articles.formats.folders import files_in

__all__ = ["files_in", "pieces"]
