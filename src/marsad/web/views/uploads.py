"""Keeping what people give to be taken in: in the project's ``archive/uploads/``, named by digest and by what is safe of the name it came with.

Nothing there is ever run, changed or overwritten: the same file given again is the one that is there.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
import unicodedata
from pathlib import Path
from typing import BinaryIO

from marsad.errors import InputError, MarsadError

FOLDER = "uploads"
_DIGITS, _LONGEST, _AT_ONCE = 12, 80, 1 << 20
_UNSAFE = re.compile(r"[^\w.\-]+")
_KEPT = re.compile(rf"[0-9a-f]{{{_DIGITS},64}}-[\w.][\w.\-]*")


def safe_name(name: str) -> str:
    """What of a name can be a file's: its last part, of letters, figures, dots, hyphens and underscores, not beginning with a dot or hyphen.

    >>> safe_name("../../etc/passwd"), safe_name("C:\\\\news\\\\خبر عاجل.txt"), safe_name("--help"), safe_name("..")
    ('passwd', 'خبر_عاجل.txt', 'help', 'upload')
    """
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    plain = _UNSAFE.sub("_", last).lstrip(".-_").rstrip(".")
    if len(plain) > _LONGEST:
        stem, dot, suffix = plain.rpartition(".")
        kept = dot + suffix if dot and len(suffix) <= 10 else ""
        plain = (stem if kept else plain)[: _LONGEST - len(kept)] + kept
    while len(plain.encode()) > 2 * _LONGEST:
        plain = plain[1:]
    return plain or "upload"


def shown_name(kept: str) -> str:
    """The name that a file came with, as far as it was kept."""
    return kept.partition("-")[2]


def keep(archive: Path, name: str, stream: BinaryIO) -> str:
    """Keep a file; the name under which it lies in the folder of uploads.

    Args:
        archive: The project's archive.
        name: As the browser said it.
        stream: Its bytes.

    Raises:
        InputError: there is nothing in it.
        MarsadError: it cannot be written.
    """
    folder = archive / FOLDER
    try:
        folder.mkdir(parents=True, exist_ok=True)
        number, part = tempfile.mkstemp(prefix=".part-", dir=folder)
        try:
            digest = _copied(stream, number)
            return _placed(Path(part), folder, digest, safe_name(name))
        finally:
            Path(part).unlink(missing_ok=True)
    except OSError as error:
        raise MarsadError(f"the file cannot be kept: {error.strerror or error}") from error


def _copied(stream: BinaryIO, number: int) -> str:
    digest, size = hashlib.sha256(), 0
    with os.fdopen(number, "wb") as target:
        while some := stream.read(_AT_ONCE):
            digest.update(some)
            size += len(some)
            target.write(some)
    if not size:
        raise InputError("the file is empty")
    return digest.hexdigest()


def _placed(part: Path, folder: Path, digest: str, name: str) -> str:
    """Link the file to its name, which only one of two that do so at once can; a name that is taken by other bytes gets the whole digest."""
    for prefix in (digest[:_DIGITS], digest):
        target = folder / f"{prefix}-{name}"
        try:
            os.link(part, target)
        except FileExistsError:
            if _digest_of(target) != digest:
                continue
        return target.name
    raise MarsadError(f"{digest}-{name} was changed after it was kept")


def _digest_of(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def kept_file(archive: Path, name: str) -> Path:
    """The file of a name that `keep` gave.

    Raises:
        InputError: there is none.
    """
    file = archive / FOLDER / name
    if not _KEPT.fullmatch(name) or not file.is_file() or file.is_symlink():
        raise InputError(f"there is no uploaded file {name!r}")
    return file
