"""What lies in exported files, as texts: packed files taken apart, escapes undone."""

import html
import io
import re
import sqlite3
import urllib.parse
import zipfile

import pyarrow.parquet


def texts(path):
    """Pairs of a file's name and its text, for a file or a folder."""
    if path.is_dir():
        for file in sorted(path.rglob("*")):
            if file.is_file():
                yield from texts(file)
        return
    yield from _texts(path, path.name, path.read_bytes())


def whole(path):
    """All of it as one text, with what escapes stand for."""
    said = "\n".join(f"{name}\n{text}" for name, text in texts(path))
    plain = re.sub(r"\\u([0-9a-fA-F]{4})", lambda at: chr(int(at[1], 16)), said)
    return "\n".join([plain, html.unescape(plain), urllib.parse.unquote(plain)])


def _texts(path, name, data):
    if data.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            for one in packed.namelist():
                yield from _texts(path, one, packed.read(one))
    elif data.startswith(b"SQLite"):
        layers = sqlite3.connect(path)
        yield name, "\n".join(layers.iterdump())
        layers.close()
    elif data.startswith(b"PAR1"):
        table = pyarrow.parquet.read_table(io.BytesIO(data))
        yield name, f"{table.to_pylist()} {table.schema.metadata}"
    else:
        yield name, data.decode("utf-8", "strict")
