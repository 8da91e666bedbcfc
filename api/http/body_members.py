"""What the OpenAPI document tells of each member of a body: its Chinese name, and an example."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

from marshmallow import fields
from marshmallow.validate import OneOf

from api.conventions.fields import Body, Day, Flag, Instant, KnownAt, WholeNumber
from api.http.member_names import MEMBER_NAMES
from api.http.word_fields import example_id

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from api.conventions.openapi import Api

V = TypeVar("V")

EXAMPLES: Mapping[str, Any] = MappingProxyType(
    {
        "about": example_id("organisation"),
        "abstained": 1,
        "account": example_id("account"),
        "address": "https://www.example.gov.cn/1",
        "against": 1,
        "amount": 20000,
        "area": "某省/某市/某县",
        "areas": "某省/某市/某县",
        "bound": "employer",
        "cases": example_id("case"),
        "channel": "bank",
        "claim": "degree-1",
        "content": "0" * 64,
        "credit_code": "123607340000000002",
        "details": "hours=72",
        "digest": "0" * 64,
        "employer": example_id("organisation"),
        "fact": "profession",
        "form": example_id("upload"),
        "ground": "relative",
        "ids": example_id("organisation"),
        "item": "1",
        "items": "diploma",
        "leg": "first",
        "level": "intermediate",
        "levels": "intermediate",
        "materials": "diploma",
        "members": 9,
        "offered": "county-2024",
        "organisation": example_id("organisation"),
        "originals": "diploma",
        "sealed": "form_x2",
        "pack": "county-2024",
        "person": example_id("person"),
        "present": 9,
        "q": "status:returned sort:-decided",
        "question": "YEARS",
        "receipt": "0000001",
        "resume_stage": "employer",
        "rules": "R-01",
        "seal": "unit",
        "series": "中小学教师",
        "share": "30%",
        "specialty": "语文",
        "stage": "employer",
        "step": "department",
        "supported": "degree-1",
        "supports": "degree-1",
        "upload": example_id("upload"),
        "window": "county-1",
        "year": 2024,
        "AnnualAssessmentBody.grade": "合格",
        "DocumentBody.number": "360734190001010010",
        "EditionDecisionBody.notice": "0" * 64,
        "EducationBody.level": "bachelor",
        "MaterialBody.kind": "diploma",
        "ParticularBody.name": "profession",
        "ReturnItemBody.subject": "degree-1",
        "SpanBody.name": "insured",
        "SuspicionBody.source": example_id("complaint"),
        "VacancyColumnBody.column": "intermediate",
        "VacancyColumnBody.offered": 1,
        "VoteBody.in_favour": 7,
    }
)
"""What somebody might send, by the keys of ``MEMBER_NAMES``, where the kind says too little.

Nobody bears the number and no organisation the code; a list shows one such entry.
"""


_ALIKE: Mapping[type[fields.Field[Any]], object] = MappingProxyType(
    {
        Flag: True,
        Day: "2024-10-15",
        KnownAt: "2024-10-15",
        Instant: "2024-10-15T09:00:00+08:00",
    }
)


def document_members(api: Api) -> None:
    """Let the OpenAPI document tell of every member of every body."""
    api.ma_plugin.converter.add_attribute_function(_told)


def member_name(member: fields.Field[Any]) -> str:
    """The Chinese name of a member of a body."""
    return _said(MEMBER_NAMES, member) or str(member.name)


def example(member: fields.Field[Any]) -> object:
    """What somebody might send as a member of a body, as JSON."""
    return _example(member, member)


def _told(_: object, field: fields.Field[Any], **_told: object) -> dict[str, object]:
    if not isinstance(field.parent, Body):
        return {}
    own, name = field.metadata.get("description"), member_name(field)
    return {"description": f"{name}：{own}" if own else name, "example": example(field)}


def _example(member: fields.Field[Any], kind: fields.Field[Any]) -> object:
    """The example of a member, or of what stands in its list."""
    if isinstance(kind, fields.List):
        return [_example(member, kind.inner)]
    if isinstance(kind, fields.Nested):
        return {name: example(each) for name, each in kind.schema.fields.items()}
    if type(kind) in _ALIKE:
        return _ALIKE[type(kind)]
    own = kind.metadata.get("example", next(_choices(kind), None))
    return own or _said(EXAMPLES, member) or _usual(member, kind)


def _choices(kind: fields.Field[Any]) -> Iterator[object]:
    yield from kind.metadata.get("enum", ())
    for each in kind.validators:
        yield from each.choices if isinstance(each, OneOf) else ()


def _usual(member: fields.Field[Any], kind: fields.Field[Any]) -> object:
    return 1 if isinstance(kind, WholeNumber) else member_name(member)


def _said(told: Mapping[str, V], member: fields.Field[Any]) -> V | None:
    """What is told of a member: in its own body, or else wherever it stands."""
    name = str(member.name)
    return told.get(f"{type(member.parent).__name__}.{name}", told.get(name))
