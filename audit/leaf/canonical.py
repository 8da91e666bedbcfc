r"""The one JSON in which the record writes: the same value always has the same bytes.

* UTF-8, no white space, object keys ASCII and sorted;
* string escapes of RFC 8785 §3.2.2.2: ``\b \t \n \f \r \" \\``, other controls ``\u00xx``;
* integers only, their magnitude below 2⁵³; no floating-point number, no NaN;
* text as received: no Unicode normalisation, and no lone surrogates, which are no text.
"""

from __future__ import annotations

from typing import Any

import orjson

JSON = dict[str, Any] | list[Any] | str | int | bool | None
"""A value that the record can write; the members of lists and objects are values, too."""

_LARGEST = 2**53 - 1
_OPTIONS = (
    orjson.OPT_SORT_KEYS
    | orjson.OPT_STRICT_INTEGER
    | orjson.OPT_PASSTHROUGH_DATACLASS
    | orjson.OPT_PASSTHROUGH_DATETIME
    | orjson.OPT_PASSTHROUGH_SUBCLASS
)


class NotCanonicalError(ValueError):
    """A value that the canonical form cannot express, or bytes that are not in it.

    The message never contains the value: it may be somebody's words.
    """


def encode(value: JSON) -> bytes:
    """The canonical bytes of ``value``.

    Raises ``NotCanonicalError`` for floating-point numbers, integers of 2⁵³ and beyond, keys
    that are not ASCII, lone surrogates and every type that JSON does not have.
    """
    _check(value)
    try:
        return orjson.dumps(value, option=_OPTIONS)
    except orjson.JSONEncodeError as error:
        msg = "a text holds a lone surrogate, or the value nests too deeply"
        raise NotCanonicalError(msg) from error


def decode(data: bytes) -> JSON:
    """The value of canonical bytes.

    Whatever does not come back byte for byte is refused with ``NotCanonicalError``: duplicate
    or unsorted keys, white space, other escapes, ``-0``, ``1.0``, bytes after the end.
    """
    value = decode_for_reader(data)
    _check(value)
    return value


def decode_for_reader(data: bytes) -> JSON:
    """The value of bytes that come back, for who takes only what the form has a place for.

    Numbers with a point and keys that are not ASCII are left for the reader to refuse.
    """
    try:
        value: JSON = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        msg = "the bytes are not JSON in UTF-8"
        raise NotCanonicalError(msg) from error
    try:
        again = orjson.dumps(value, option=_OPTIONS)
    except orjson.JSONEncodeError as error:
        msg = "an integer is 2⁵³ or beyond, or the value nests too deeply"
        raise NotCanonicalError(msg) from error
    if again != data:
        msg = "the bytes are JSON, but not in canonical form"
        raise NotCanonicalError(msg)
    return value


def _check(value: JSON) -> None:
    """Refuse what orjson would write although the canonical form has no place for it."""
    found: list[Any] = [value]
    for item in found:  # which grows by what each holds
        kind = type(item)
        if kind is str or kind is bool or item is None:
            continue
        if kind is dict:
            _check_keys(item)
            found += item.values()
        elif kind is list:
            found += item
        elif kind is not int:
            msg = f"the canonical form has no {kind.__name__}"
            raise NotCanonicalError(msg)
        elif not -_LARGEST <= item <= _LARGEST:
            msg = "an integer is 2⁵³ or beyond"
            raise NotCanonicalError(msg)


def _check_keys(item: dict[Any, Any]) -> None:
    try:
        ascii_only = "".join(item).isascii()
    except TypeError:
        ascii_only = False
    if not ascii_only:
        msg = "an object key is not ASCII text"
        raise NotCanonicalError(msg)
