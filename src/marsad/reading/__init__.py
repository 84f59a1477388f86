"""From an article to its reading: sentences, quotations and the words that name things."""

from marsad.reading.read import ReadingKit, read

__all__ = ["ReadingKit", "read"]
