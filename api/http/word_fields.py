"""Fields that hold ids and words of a vocabulary, never a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from marshmallow import fields
from marshmallow.validate import Length, OneOf, Regexp

from api.conventions.fields import Flag, StatedValue
from domain.case.phase import PhaseName

if TYPE_CHECKING:
    from api.identifiers import Kind

ID = Regexp(r"^[A-Za-z0-9._-]{1,80}$(?!\n)")
"""How ids are written that are not those of a stream."""


def stream(kind: Kind) -> fields.String:
    """The id of a stream, or of a thing within one, that the body names."""
    return _id(kind)


def optional_stream(kind: Kind) -> fields.String:
    """The same, or null."""
    return _id(kind, load_default=None)


def stream_or_none(kind: Kind) -> fields.String:
    """The same, stated even where it is null."""
    return _id(kind, allow_none=True)


def word() -> fields.String:
    """An id that somebody else chose: of a pack, of a client, of a file."""
    return fields.String(validate=ID)


def optional_word() -> fields.String:
    """The same, or null."""
    return fields.String(load_default=None, validate=ID)


def listed_words(most: int = 200) -> fields.List[str]:
    """Several of these; none where the body says nothing."""
    return fields.List(fields.String(validate=ID), load_default=list, validate=Length(0, most))


def several_words(most: int) -> fields.List[str]:
    """Several of these, one at least."""
    return fields.List(fields.String(validate=ID), validate=Length(1, most))


def unrecused() -> Flag:
    """The reviewer's word that no reason for recusal exists; without it nothing is decided."""
    return Flag(
        metadata={
            "description": "The caller's word that no reason to recuse themselves exists"
            " (不存在回避事由); where one does, recusal is declared instead."
        }
    )


def phase_field() -> fields.String:
    """Where a case stands, in an answer."""
    return fields.String(validate=OneOf(list(PhaseName)))


def words(most: int, *, required: bool = False) -> fields.List[str]:
    """Words as a policy pack writes them; none where the body may say nothing, and does."""
    unsaid: dict[str, Any] = {"required": True} if required else {"load_default": list}
    return fields.List(StatedValue(longest=100), validate=Length(0, most), **unsaid)


def area_field(*, whole: bool = False) -> fields.String:
    """An area as the path of its names; ``whole`` takes the empty one too, for the whole record."""
    names = r"[^/\s]+(/[^/\s]+){0,2}"
    pattern = rf"^({names})?$(?!\n)" if whole else rf"^{names}$(?!\n)"
    return fields.String(
        validate=[Length(0 if whole else 1, 200), Regexp(pattern)],
        metadata={"description": "From the province down, joined by `/`."},
    )


def example_id(kind: Kind) -> str:
    """An id as this kind of thing has it, of nothing."""
    return f"{kind}-00000000-0000-4000-8000-000000000000"


def _id(kind: Kind, **options: Any) -> fields.String:  # noqa: ANN401 -- as marshmallow's fields
    pattern = rf"^{kind}-[0-9a-f]{{8}}(-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}}$(?!\n)"
    metadata = {"example": example_id(kind)}
    return fields.String(validate=Regexp(pattern), metadata=metadata, **options)
