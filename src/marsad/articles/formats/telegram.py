"""The export of Telegram Desktop (``result.json``): one chat, or an account with all its chats.

The file is read in a stream, message by message, since exports of channels run to gigabytes. Each message with text becomes a record
under the id ``telegram-<chat>-<message>``; the time comes from ``date_unixtime``, which is exact, and only where that is missing from
``date``, which is by the clock of the computer that exported it. Joins, calls and pictures without words are passed over.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any, BinaryIO

from marsad.articles.formats.job import Job
from marsad.articles.raw import RawArticle, refused
from marsad.errors import SetAside

_CHATS = ((), ("chats", "list", "item"), ("left_chats", "list", "item"))
_MESSAGES = frozenset((*chat, "messages", "item") for chat in _CHATS)
_NAMES = {(*chat, name): name for chat in _CHATS for name in ("id", "name")}
_DEEPEST = 100
_BOM = b"\xef\xbb\xbf"
_WORDS = (b'"messages"', b'"chats"', b'"personal_information"')

Event = tuple[tuple[str, ...], str, Any]


def is_export(head: bytes) -> bool:
    """Whether a text that begins so is an export: an object with ``messages`` (a list) or ``chats``, but no ``text`` as an article has.

    The chats of an account come late in its export, after its ``personal_information``.
    """
    head = head.removeprefix(_BOM)
    if not head.lstrip().startswith(b"{") or not any(word in head for word in _WORDS):
        return False
    keys = _top_keys(head)
    is_account = keys.get("chats", keys.get("personal_information")) == "start_map"
    return keys.get("text") != "string" and (is_account or keys.get("messages") == "start_array")


def telegram_pieces(job: Job) -> Iterator[RawArticle]:
    """The messages of an export as records.

    Raises:
        SetAside: ``bad_json`` or ``too_long``, where the export cannot be read on.
    """
    import ijson  # type: ignore[import-untyped]

    stream = _Watched(job.stream, job.limits.bytes)
    try:
        for chat, message in _messages(ijson.basic_parse(stream, use_float=True)):
            stream.taken = 0
            yield from _message(job.file, chat, message)
    except (ijson.JSONError, ValueError, OverflowError) as error:
        said = str(error).partition("\n")[0][:200]
        if "premature" in said:
            raise SetAside("truncated", "the export breaks off before its end") from error
        raise SetAside("bad_json", f"the export is damaged and cannot be read on: {said}") from error


def _messages(events: Iterator[tuple[str, Any]]) -> Iterator[tuple[Mapping[str, Any], object]]:
    """Each message with what came before it of its chat."""
    from ijson.common import ObjectBuilder  # type: ignore[import-untyped]

    chat: dict[str, Any] = {}
    building: Any = None
    for path, event, value in _paths(events):
        if building is None and path in _MESSAGES:
            building = ObjectBuilder()
        if building is not None:
            building.event(event, value)
            if path in _MESSAGES and event not in ("start_map", "start_array"):
                yield chat, building.value
                building = None
        elif path in _NAMES:
            chat[_NAMES[path]] = value
            chat["nested"] = len(path) > 1
        elif path in _CHATS and event == "start_map":
            chat = {}


class _Watched:
    """A stream without its byte order mark, which gives up where one message seems to go on for ever."""

    def __init__(self, stream: BinaryIO, most: int) -> None:
        self._stream, self._most = stream, most
        self._begun = False
        self.taken = 0
        """Bytes since the last whole message."""

    def read(self, count: int) -> bytes:
        data = self._stream.read(count)
        if not self._begun:
            data, self._begun = data.removeprefix(_BOM), True
        self.taken += len(data)
        if self.taken > self._most + (1 << 20):
            raise SetAside("too_long", f"more than {self._most:,} bytes in one message, which is the limit")
        return data


def _top_keys(head: bytes) -> dict[str, str]:
    """The keys of the object that a text begins with, as far as they can be seen, with the kind of the first value of each."""
    import ijson

    events = ijson.sendable_list()
    parsing = ijson.basic_parse_coro(events)
    with suppress(ijson.JSONError, ValueError, OverflowError, StopIteration):
        parsing.send(head)
    keys: dict[str, str] = {}
    with suppress(SetAside):
        for path, event, _ in _paths(events):
            if path == () and event == "end_map":
                break
            if len(path) == 1:
                keys.setdefault(path[0], event)
    return keys


def _paths(events: Iterator[tuple[str, Any]]) -> Iterator[Event]:
    """Each event with the keys that lead to it (``item`` for an element of a list); the keys themselves are left out at the top."""
    path: list[str] = []
    for event, value in events:
        if event in ("end_map", "end_array"):
            path.pop()
        if event == "map_key":
            path[-1] = value
        yield (tuple(path) if event != "map_key" else ("", "")), event, value
        if event in ("start_map", "start_array"):
            path.append("" if event == "start_map" else "item")
        if len(path) > _DEEPEST:
            raise SetAside("bad_json", f"the export is nested more than {_DEEPEST} deep")


def _message(file: str, chat: Mapping[str, Any], message: object) -> Iterator[RawArticle]:
    if not isinstance(message, dict):
        yield refused(
            file, "bad_record", f"a message must be a JSON object, not {type(message).__name__}", "messages"
        )
        return
    text = _text(message.get("text"))
    if message.get("type", "message") != "message" or not text.strip():
        return
    number = message.get("id")
    member = f"chats/{chat.get('id')}/messages/{number}" if chat.get("nested") else f"messages/{number}"
    if not _is_number(number) or not _is_number(chat.get("id")):
        yield refused(
            file,
            "bad_record",
            f"message {number!r} of chat {chat.get('id')!r}: no number to call it by",
            member,
        )
        return
    try:
        row = _row(chat, message, text)
    except (TypeError, ValueError, OverflowError, OSError) as error:
        yield refused(file, "bad_date", f"the date of the message cannot be read: {error}", member)
        return
    yield RawArticle(kind="record", file=file, data=row, member=member)


def _row(chat: Mapping[str, Any], message: Mapping[str, Any], text: str) -> dict[str, Any]:
    name = chat.get("name")
    row = {
        "id": f"telegram-{chat['id']}-{message['id']}",
        "text": text,
        "published": _time(message, "date"),
        "outlet": name if isinstance(name, str) else None,
        "edited": _time(message, "edited"),
        "forwarded_from": _words(message.get("forwarded_from")),
        "reply_to_message_id": message.get("reply_to_message_id")
        if _is_number(message.get("reply_to_message_id"))
        else None,
        "sender": _words(message.get("from")) if message.get("from") != name else None,
    }
    return {key: value for key, value in row.items() if value is not None}


def _time(message: Mapping[str, Any], name: str) -> str | None:
    exact = message.get(f"{name}_unixtime")
    if exact is not None:
        return datetime.fromtimestamp(int(exact), UTC).isoformat()
    return _words(message.get(name))


def _text(value: object) -> str:
    """The text of a message: a string, or a list of strings and of marked pieces (links, bold words)."""
    if isinstance(value, str):
        return value
    if not isinstance(value, list):
        return ""
    return "".join(_words(part.get("text") if isinstance(part, dict) else part) or "" for part in value)


def _words(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
