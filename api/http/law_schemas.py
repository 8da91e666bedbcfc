"""What a law says and what it answers, described in the OpenAPI document to its leaves.

It is written by ``pack_document`` and ``api.law.verdicts``.
"""

from __future__ import annotations

from datetime import time
from fractions import Fraction
from typing import ClassVar

from marshmallow import INCLUDE, fields

from api.conventions.fields import AnswerSchema, SparseSchema
from api.conventions.openapi import RuleSchema
from api.http.pack_document import NAMES
from api.http.value_schemas import Told, Writing
from domain.policy.when import When
from domain.refusal import Citation
from domain.refusals.sentences_by_code import Sentence


class SentenceSchema(AnswerSchema):
    """A sentence in both languages."""

    zh = fields.String()
    en = fields.String()


class WhenSchema(SparseSchema):
    """Under which condition an entry holds, as a pack writes it; empty: always.

    All of it has to hold. A member that is not named here is a fact, with the values of which it
    has one, or its bounds (`at_least`, `at_most`, `before`, `same_as`); or a list of records, with
    what `count` of them are like.
    """

    class Meta:
        """How marshmallow treats it."""

        unknown: ClassVar[str] = INCLUDE

    all = fields.List(Told(lambda: WhenSchema))
    any = fields.List(Told(lambda: WhenSchema))
    unless = Told(lambda: WhenSchema)
    count = fields.Integer()


LAW = Writing(
    "Law",
    NAMES,
    {
        Citation: fields.String,
        Fraction: fields.String,
        Sentence: lambda **options: Told(SentenceSchema, **options),
        When: lambda **options: Told(WhenSchema, **options),
        time: fields.Time,
    },
)
"""As ``pack_document.plain`` writes it: each value with the ids of the rules that it rests on."""


class LawRefusalSchema(SentenceSchema):
    """A reason of the law, with the words that it rests on; `pointer` leads to what was sent."""

    code = fields.String()
    pointer = fields.String()
    rules = Told(RuleSchema, many=True)


class OpenFactSchema(SentenceSchema):
    """A fact that is open: what it means, who may say it, by when, what shows it."""

    fact = fields.String()
    said_by = fields.List(fields.String())
    by = fields.String()
    material = fields.String(allow_none=True)
    rules = Told(RuleSchema, many=True)


def _text() -> fields.String:
    return fields.String(allow_none=True)


def _day() -> fields.Date:
    return fields.Date(allow_none=True)


class ComputedSchema(SparseSchema):
    """One line of arithmetic: which kind `calc` says, and each kind has members of its own.

    `anniversary`: `from` plus so many `years` and `months` is `reached`; `closed`: the period
    `from` … `to` `is` so long; `sum`: `parts` come to a `total`, `reached` on a day if ever;
    `workdays`: what was `posted` has hung for `n` working days when the day `ends`; `plus_days`:
    `from` plus `days` is `reached`, and `moved` if that is a day of `rest`.
    """

    calc = fields.String(required=True)
    from_ = fields.Date(data_key="from")
    to = fields.Date()
    years = fields.Integer()
    months = fields.Integer()
    reached = fields.Date(allow_none=True)
    is_ = fields.String(data_key="is")
    parts = fields.List(fields.String())
    total = fields.String()
    posted = fields.Date()
    n = fields.Integer()
    ends = fields.Date()
    days = fields.Integer()
    rest = fields.Boolean()
    moved = fields.Date()


class ConditionSchema(SentenceSchema):
    """One condition with all beneath it: how it stands, what it read, and on which words."""

    id = fields.String()
    status = fields.String()
    binding = fields.Boolean()
    facts = fields.List(fields.String())
    computed = Told(ComputedSchema, many=True)
    flags = fields.List(fields.String())
    borderline = fields.Boolean()
    next_on = _day()
    refusal = Told(LawRefusalSchema, allow_none=True)
    rules = Told(RuleSchema, many=True)
    conditions = Told(lambda: ConditionSchema, many=True)


class VerdictSchema(AnswerSchema):
    """What the law answers; lengths of time are written as 2y3m0d."""

    outcome = fields.String()
    level = _text()
    best_level = _text()
    route = _text()
    route_id = _text()
    case_type = _text()
    supersedes = _text()
    exceptional = fields.Boolean()
    required_years = fields.Integer(allow_none=True)
    years_before = _text()
    total = _text()
    hint = _text()
    next_possible = _text()
    next_possible_on = _day()
    suggested_series = _text()
    remedy = _text()
    batch = _text()
    reference_date = _day()
    authority = _text()
    action = _text()
    flags = fields.List(fields.String())
    refusals = Told(LawRefusalSchema, many=True)
    computed = Told(ComputedSchema, many=True)
    conditions = Told(ConditionSchema, many=True)
