"""Fields of request bodies that take exactly their own JSON type, and the base of the schemas.

marshmallow would take ``"1"`` and ``true`` for a number, and ``"20241015"`` for a date.
In the query everything is text: there ``NumberInQuery`` stands for ``WholeNumber``.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, ClassVar, Self
from unicodedata import normalize

from marshmallow import EXCLUDE, RAISE, Schema, ValidationError, fields, missing, post_load
from marshmallow.validate import Length, Range

from api.conventions.characters import CONTROL, DIRECTION, UNSEEN, UNSEEN_BEYOND
from api.conventions.writing import Beside, Writer, writer_of
from domain.beijing import last_instant

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

EARLIEST, LATEST = date(1900, 1, 1), date(2100, 12, 31)
"""The days that a request may name: no term of any law, reckoned from them, leaves the calendar."""
LARGEST = 2**53 - 1
"""The largest number that every reader of JSON knows exactly (RFC 8259 §6)."""

_DECIMAL = re.compile(r"-?[0-9]{1,19}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,6})?(?:Z|[+-][0-9]{2}:[0-9]{2})"
)

_DIGIT = "[0-9\uff10-\uff19]"
_DOCUMENT_NUMBER = (
    r"^([\u3400-\u4dbf\u4e00-\u9fff]{1,30})"
    r"[\u3014\uff3b\uff08\u3010\[(]"
    f"({_DIGIT}{{4}})"
    r"[\u3015\uff3d\uff09\u3011\])]"
    f"\u7b2c?({_DIGIT}{{1,6}})\u53f7$"
)
"""发文字号 as GB/T 9704 writes it; in other brackets, of any width, it is the same number."""

_SAYS_SOMETHING = rf"^[^{CONTROL}{DIRECTION}]*[^\s{CONTROL}{UNSEEN}][^{CONTROL}{DIRECTION}]*$"
"""What every text is held to, here and by ``strict_json``, as OpenAPI writes it."""
_SEEN = re.compile(rf"[^\s{UNSEEN}{UNSEEN_BEYOND}]")


def _say_something(text: str) -> None:
    if not _SEEN.search(text):
        msg = "Holds nothing that can be seen."
        raise ValidationError(msg)


class Whole(Schema):
    """What holds each member that it names, but for one that says what stands where it is not."""

    def on_bind_field(self, _name: str, field_obj: fields.Field[Any]) -> None:
        """Require a member without ``load_default``."""
        field_obj.required = field_obj.required or field_obj.load_default is missing

    def __deepcopy__(self, memo: object) -> Self:
        """Itself: nobody changes it, and documentation is copied with each decoration of a view."""
        return self


class Body(Whole):
    """A request body: no member that it does not name.

    It is read as ``makes`` says, else as its members by name; a list is read as a tuple.
    """

    makes: ClassVar[Callable[..., object] | None] = None

    class Meta:
        """How marshmallow treats it."""

        unknown: ClassVar[str] = RAISE

    @post_load
    def _made(self, stated: dict[str, Any], **_: object) -> object:
        read = {
            name: tuple(value) if isinstance(value, list) else value
            for name, value in stated.items()
        }
        return read if self.makes is None else self.makes(**read)


class AnswerSchema(Whole):
    """A part of an answer: clients ignore members that they do not know."""

    class Meta:
        """How marshmallow treats it."""

        unknown: ClassVar[str] = EXCLUDE

    def dump(self, obj: Any, *, many: bool | None = None) -> Any:  # noqa: ANN401 -- as marshmallow's
        """What stands in an answer for a thing, or for several."""
        if obj is not None and (self.many if many is None else many):
            return self._writer.all_of(obj if isinstance(obj, Beside) else [*obj])
        return self._writer.write(obj)

    @cached_property
    def _writer(self) -> Writer:
        return writer_of(self, partial(super().dump, many=False))


class SparseSchema(AnswerSchema):
    """A part of an answer that leaves out what says nothing, but for what says ``required``."""

    def on_bind_field(self, _name: str, field_obj: fields.Field[Any]) -> None:
        """Leave it as the member says."""


class HappenedSchema(AnswerSchema):
    """One event of an answer: where it stands in the record."""

    topic = fields.String()
    stream = fields.String()
    version = fields.Integer()
    position = fields.Integer()


class Always(fields.Constant[str]):
    """A text that an answer always holds, and says so."""

    def __init__(self, text: str) -> None:
        super().__init__(text, required=True, metadata={"type": "string", "const": text})


class Text(fields.String):
    """Text as received, never trimmed or normalised; lengths are in characters.

    Spaces and what can't be seen say nothing alone, and are refused.
    """

    def __init__(self, *, longest: int = 500, shortest: int = 1, **options: Any) -> None:  # noqa: ANN401 -- as marshmallow's fields
        metadata = {"pattern": _SAYS_SOMETHING, **options.pop("metadata", {})}
        validate = (Length(shortest, longest), _say_something)
        super().__init__(validate=validate, metadata=metadata, **options)


class Statement(Text):
    """What somebody has to say of a matter, in sentences: a reason, a finding, an answer."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 -- as marshmallow's fields
        super().__init__(longest=4000, **options)


class DocumentNumber(Text):
    """The number of an official document (发文字号): its office, year and number.

    ``某人社发〔2024〕12号``; brackets of any kind and full-width digits are levelled to that form.
    """

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 -- as marshmallow's fields
        metadata = {"pattern": _DOCUMENT_NUMBER, "example": "某人社发〔2024〕12号"}
        super().__init__(longest=60, metadata=metadata, **options)

    def _deserialize(
        self, value: object, attr: str | None, data: Mapping[str, Any] | None, **kwargs: object
    ) -> str:
        text: str = super()._deserialize(value, attr, data, **kwargs)
        found = re.fullmatch(_DOCUMENT_NUMBER, text)
        if found is None:
            msg = "Not the number of a document."
            raise ValidationError(msg)
        office, year, number = found.groups()
        return f"{office}〔{normalize('NFKC', year)}〕{normalize('NFKC', number)}号"


class StatedValue(Text):
    """What a policy pack compares: a word, a number or a day, by itself or as ``name=value``."""

    def _deserialize(
        self, value: object, attr: str | None, data: Mapping[str, Any] | None, **kwargs: object
    ) -> str:
        text: str = super()._deserialize(value, attr, data, **kwargs)
        with suppress(ValueError):
            _within_the_calendar(date.fromisoformat(text.rpartition("=")[2]))
        return text


class WholeNumber(fields.Integer):
    """A JSON number without fraction, from ``least`` to ``most``; money is fen."""

    def __init__(self, *, least: int = -LARGEST, most: int = LARGEST, **options: Any) -> None:  # noqa: ANN401 -- as marshmallow's fields
        self.least, self.most = least, most
        super().__init__(validate=Range(least, most), **options)

    def _deserialize(
        self, value: object, attr: str | None, data: Mapping[str, Any] | None, **kwargs: object
    ) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.make_error("invalid", input=value)
        number: int = super()._deserialize(value, attr, data, **kwargs)
        return number


class NumberInQuery(WholeNumber):
    """The same, written out in decimal."""

    def _deserialize(
        self, value: object, attr: str | None, data: Mapping[str, Any] | None, **kwargs: object
    ) -> int:
        if not isinstance(value, str) or not _DECIMAL.fullmatch(value):
            raise self.make_error("invalid", input=value)
        return super()._deserialize(int(value), attr, data, **kwargs)


class Flag(fields.Boolean):
    """JSON's ``true`` or ``false``, nothing that merely resembles them."""

    def _deserialize(
        self, value: object, attr: str | None, data: Mapping[str, Any] | None, **kwargs: object
    ) -> bool:
        if not isinstance(value, bool):
            raise self.make_error("invalid", input=value)
        return bool(super()._deserialize(value, attr, data, **kwargs))


def in_body(parameter: fields.Field[Any]) -> fields.Field[Any]:
    """A parameter of a query as a member of a body: of JSON's own type, null where it says none."""
    if isinstance(parameter, NumberInQuery):
        return WholeNumber(least=parameter.least, most=parameter.most, load_default=None)
    if isinstance(parameter, fields.Boolean):
        return Flag(load_default=None)
    assert parameter.load_default is None
    return parameter


class Day(fields.Date):
    """A calendar day in Beijing, ``2024-10-15``, from ``EARLIEST`` to ``LATEST``."""

    def _deserialize(
        self, value: object, attr: str | None, data: Mapping[str, Any] | None, **kwargs: object
    ) -> date:
        if not isinstance(value, str) or not _DATE.fullmatch(value):
            raise self.make_error("invalid", input=value, obj_type="date")
        day: date = super()._deserialize(value, attr, data, **kwargs)
        _within_the_calendar(day)
        return day


class Instant(fields.AwareDateTime):
    """An instant with its offset from UTC (RFC 3339), on one of the days that ``Day`` takes."""

    def _deserialize(
        self, value: object, attr: str | None, data: Mapping[str, Any] | None, **kwargs: object
    ) -> datetime:
        if not isinstance(value, str) or not _INSTANT.fullmatch(value):
            raise self.make_error("invalid", input=value, obj_type="datetime")
        instant: datetime = super()._deserialize(value, attr, data, **kwargs)
        _within_the_calendar(instant.date())
        return instant


class KnownAt(fields.Field[Any]):
    """As of when something is asked: an instant, or a day in Beijing, meant is its 24:00."""

    default_error_messages = {"invalid": "Not a valid day or instant."}  # noqa: RUF012 -- as marshmallow's fields

    def __init__(self) -> None:
        either = [{"type": "string", "format": each} for each in ("date-time", "date")]
        said = "What was known then; of a day in Beijing, at its 24:00."
        super().__init__(load_default=None, metadata={"anyOf": either, "description": said})

    def _deserialize(
        self, value: object, attr: str | None, data: Mapping[str, Any] | None, **kwargs: object
    ) -> datetime:
        told = value if isinstance(value, str) else ""
        if _DATE.fullmatch(told):
            return last_instant(Day().deserialize(told, attr, data, **kwargs))
        if _INSTANT.fullmatch(told):
            at: datetime = Instant().deserialize(told, attr, data, **kwargs)
            return at
        raise self.make_error("invalid")


def _within_the_calendar(day: date) -> None:
    if not EARLIEST <= day <= LATEST:
        msg = f"Must be greater than or equal to {EARLIEST} and less than or equal to {LATEST}."
        raise ValidationError(msg)
