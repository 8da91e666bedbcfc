"""A verdict of the law, described in the OpenAPI document as ``api.law.verdicts`` writes it."""

from __future__ import annotations

from marshmallow import fields

from api.conventions.fields import AnswerSchema, SparseSchema
from api.conventions.openapi import RuleSchema
from api.http.law_leaves import LawRefusalSchema, SentenceSchema
from api.http.value_schemas import Told


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
