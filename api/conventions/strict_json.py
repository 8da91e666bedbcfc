"""JSON as it is accepted: RFC 8259 in UTF-8, no name twice in an object, no NaN, not too deep.

Of texts, here is decided which characters none of them holds, whatever it is for.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NoReturn

from api.conventions.characters import CONTROL, DIRECTION
from api.problems import FieldError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

_DEEPEST = 32
_CONTROL = re.compile(rf"[{CONTROL}]")
_TURNS = re.compile(rf"[{DIRECTION}]")


def loads(octets: bytes) -> object:
    """The value that the octets stand for.

    Raises the problem ``MALFORMED_JSON``, or ``FIELDS_REFUSED`` for what no text holds.
    """
    try:
        value: object = json.loads(
            octets.decode("utf-8"), object_pairs_hook=_each_once, parse_constant=_no_constant
        )
        json.dumps(value, ensure_ascii=False).encode("utf-8")  # a lone surrogate is no text
    except (ValueError, RecursionError) as error:
        raise Problem("MALFORMED_JSON") from error
    if errors := tuple(_unfit(value)):
        raise Problem("FIELDS_REFUSED", errors=errors)
    return value


def unfit(text: str, pointer: str) -> FieldError | None:
    """Why a text is not taken: a control character other than tab and line ends, or a turn.

    What turns the direction of the words around it shows a reader another text than was written;
    it is nothing that Chinese needs, and comes along unseen with what is copied.
    """
    if _CONTROL.search(text) is not None:
        return FieldError(pointer, "含有控制字符。", "Holds a control character.")
    if (turn := _TURNS.search(text)) is not None:
        place, code = turn.start() + 1, f"U+{ord(turn[0]):04X}"
        return FieldError(
            pointer,
            f"第{place}个字符（{code}）看不见，会改变文字的显示方向，多由复制粘贴带入；请删去后重新输入。",
            f"Character {place} ({code}) is not seen and turns the direction of the text, as what"
            " is copied may; delete it, or type the text anew.",
        )
    return None


def _unfit(value: object) -> Iterator[FieldError]:
    """An error for each text that is not taken, a name of a member included."""
    pending: list[tuple[str, object, int]] = [("", value, 0)]
    while pending:
        pointer, here, depth = pending.pop()
        if depth > _DEEPEST:
            raise Problem("MALFORMED_JSON")
        if isinstance(here, str):
            yield from filter(None, [unfit(here, pointer)])
        elif isinstance(here, list):
            pending += [(f"{pointer}/{index}", item, depth + 1) for index, item in enumerate(here)]
        elif isinstance(here, dict):
            for name, item in here.items():
                yield from filter(None, [unfit(name, pointer)])
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
