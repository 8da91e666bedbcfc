"""Fields of request bodies that take exactly their own JSON type, and the base of the schemas.

marshmallow would take ``"1"`` and ``true`` for a number, and ``"20241015"`` for a date.
In the query everything is text, so there marshmallow's own fields serve.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar

from marshmallow import EXCLUDE, RAISE, Schema, ValidationError, fields
from marshmallow.validate import Length

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,6})?(?:Z|[+-][0-9]{2}:[0-9]{2})"
)

_CONTROL = r"\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f"
_SAYS_SOMETHING = rf"^[^{_CONTROL}]*[^\s{_CONTROL}][^{_CONTROL}]*$"
"""What every text is held to, here and by ``strict_json``, as OpenAPI writes it."""


def _say_something(text: str) -> None:
    if not text.strip():
        msg = "Holds nothing but spaces."
        raise ValidationError(msg)


class Body(Schema):
    """A request body: no member that it does not name."""

    class Meta:
        """How marshmallow treats it."""

        unknown: ClassVar[str] = RAISE


class AnswerSchema(Schema):
    """A part of an answer: clients ignore members that they do not know."""

    class Meta:
        """How marshmallow treats it."""

        unknown: ClassVar[str] = EXCLUDE


class Text(fields.String):
    """Text as received, never trimmed or normalised; lengths are in characters.

    Spaces alone say nothing and are refused.
    """

    def __init__(self, *, longest: int = 500, shortest: int = 1, **options: Any) -> None:  # noqa: ANN401 -- as marshmallow's fields
        metadata = {"pattern": _SAYS_SOMETHING, **options.pop("metadata", {})}
        validate = (Length(shortest, longest), _say_something)
        super().__init__(validate=validate, metadata=metadata, **options)


class WholeNumber(fields.Integer):
    """A JSON number without fraction; money is fen."""

    def _deserialize(
        self, value: object, attr: str | None, data: Mapping[str, Any] | None, **kwargs: object
    ) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.make_error("invalid", input=value)
        number: int = super()._deserialize(value, attr, data, **kwargs)
        return number


class Flag(fields.Boolean):
    """JSON's ``true`` or ``false``, nothing that merely resembles them."""

    def _deserialize(
        self, value: object, attr: str | None, data: Mapping[str, Any] | None, **kwargs: object
    ) -> bool:
        if not isinstance(value, bool):
            raise self.make_error("invalid", input=value)
        return bool(super()._deserialize(value, attr, data, **kwargs))


class Day(fields.Date):
    """A calendar day in Beijing, ``2024-10-15``."""

    def _deserialize(
        self, value: object, attr: str | None, data: Mapping[str, Any] | None, **kwargs: object
    ) -> date:
        if not isinstance(value, str) or not _DATE.fullmatch(value):
            raise self.make_error("invalid", input=value, obj_type="date")
        day: date = super()._deserialize(value, attr, data, **kwargs)
        return day


class Instant(fields.AwareDateTime):
    """An instant with its offset from UTC (RFC 3339)."""

    def _deserialize(
        self, value: object, attr: str | None, data: Mapping[str, Any] | None, **kwargs: object
    ) -> datetime:
        if not isinstance(value, str) or not _INSTANT.fullmatch(value):
            raise self.make_error("invalid", input=value, obj_type="datetime")
        instant: datetime = super()._deserialize(value, attr, data, **kwargs)
        return instant
