"""JSON as bytes."""

import json

import msgspec
import pytest

from marsad.export.encoding import encode


@pytest.mark.parametrize(
    ("value", "encoded"),
    [
        ({"b": 1, "a": [None, True, 1.5]}, '{"b":1,"a":[null,true,1.5]}'),
        ({"قول": "«نعم»\n"}, '{"قول":"«نعم»\\n"}'),
        ([], "[]"),
        ({"half": "a\ud83d"}, '{"half":"a?"}'),
        ({"\udc00": 1}, '{"?":1}'),
        ({"raw": msgspec.Raw(b'{"x":1}')}, '{"raw":{"x":1}}'),
        ({"raw": msgspec.Raw(b'{"x":1}'), "half": "\ud83d"}, '{"raw":{"x":1},"half":"?"}'),
    ],
)
def test_a_value_is_one_line_of_utf_8(value, encoded):
    assert encode(value) == encoded.encode()
    assert json.loads(encode(value)) == json.loads(encoded)


def test_what_is_no_json_is_refused():
    with pytest.raises(TypeError):
        encode({"half": "\ud83d", "set": {1}.__iter__()})
