"""How recorded values are shown: words about people in clear, masked, or said to be erased.

A document number is never shown in clear here; unmasking is a recorded act of its own.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from flask import Response

from api.http.recorded_values import written, written_event
from api.services import services
from domain import masking

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.personal import Personal

MASKED = "（已脱敏）"
ERASED = "（已依法删除）"
WITHHELD = "（依法不公开）"


def printed(page: str, status: int = 200) -> Response:
    """A page that fetches nothing, runs nothing and stands in no other."""
    headers = {
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline';"
        " frame-ancestors 'none'"
    }
    return Response(page, status, headers, mimetype="text/html")


def words(personal: Personal, *, visible: bool) -> str:
    """A text about a person as this caller may see it."""
    if not visible:
        return MASKED
    text = personal.text
    return ERASED if text is None else text


def in_clear(tokens: Sequence[str]) -> list[str]:
    """What views keep sealed, as who may see it is shown it."""
    return [ERASED if text is None else text for text in services().record.texts(tokens)]


def fields_of(value: object, *, visible: bool) -> dict[str, Any]:
    """A recorded event, or a value within one, as a JSON object with all its fields."""
    return written(value, partial(words, visible=visible))


def event_fields(event: object, *, visible: bool) -> dict[str, Any]:
    """The same of an event that is answered as it is."""
    return written_event(event, partial(words, visible=visible))


def masked_number(number: str | None) -> str:
    """A document number as everybody sees it, masked or said to be erased."""
    return ERASED if number is None else masking.masked_number(number)
