"""JSON as it is accepted: RFC 8259 in UTF-8, no name twice in an object, no NaN, not too deep."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NoReturn

from api.problems import FieldError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

_DEEPEST = 32
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def loads(octets: bytes) -> object:
    """The value that the octets stand for.

    Raises the problem ``MALFORMED_JSON``, or ``FIELDS_REFUSED`` for text with control characters.
    """
    try:
        value: object = json.loads(
            octets.decode("utf-8"), object_pairs_hook=_each_once, parse_constant=_no_constant
        )
        json.dumps(value, ensure_ascii=False).encode("utf-8")  # a lone surrogate is no text
    except (ValueError, RecursionError) as error:
        raise Problem("MALFORMED_JSON") from error
    if errors := tuple(_control_characters(value)):
        raise Problem("FIELDS_REFUSED", errors=errors)
    return value


def control_character_error(pointer: str) -> FieldError:
    """What is said about text that holds a control character."""
    return FieldError(pointer, "含有控制字符。", "Holds a control character.")


def holds_control_character(text: str) -> bool:
    """Whether there is a control character other than tab and line ends."""
    return _CONTROL.search(text) is not None


def _control_characters(value: object) -> Iterator[FieldError]:
    """An error for each text with a control character, a name of a member included."""
    pending: list[tuple[str, object, int]] = [("", value, 0)]
    while pending:
        pointer, here, depth = pending.pop()
        if depth > _DEEPEST:
            raise Problem("MALFORMED_JSON")
        if isinstance(here, str) and holds_control_character(here):
            yield control_character_error(pointer)
        elif isinstance(here, list):
            pending += [(f"{pointer}/{index}", item, depth + 1) for index, item in enumerate(here)]
        elif isinstance(here, dict):
            for name, item in here.items():
                if holds_control_character(name):
                    yield control_character_error(pointer)
                step = name.replace("~", "~0").replace("/", "~1")
                pending.append((f"{pointer}/{step}", item, depth + 1))


def _each_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members = dict(pairs)
    if len(members) != len(pairs):
        msg = "a name stands twice in an object"
        raise ValueError(msg)
    return members


def _no_constant(name: str) -> NoReturn:
    msg = f"{name} is no JSON"
    raise ValueError(msg)
