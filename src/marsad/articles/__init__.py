"""From a file, a page or a line of JSON to an `Article`."""
