"""The request bodies of acts on a case."""

from __future__ import annotations

from marshmallow import fields
from marshmallow.validate import Length, Regexp

from api.acts.review import Found, Mend
from api.conventions.fields import Body, Day, Flag, Text
from api.conventions.vocabulary import Word
from api.http.vocabularies import FINDINGS, RECOMMENDATIONS, SEATS, materials, title_levels
from domain.case.reasons import REVIEWERS
from domain.case.values import Reason

_ID = Regexp(r"^[A-Za-z0-9._-]{1,80}$(?!\n)")


def _ids(most: int = 200) -> fields.List[str]:
    return fields.List(fields.String(validate=_ID), load_default=list, validate=Length(0, most))


class OpenBody(Body):
    """For which title, through which employer, under which pack."""

    employer = fields.String(required=True, validate=_ID)
    pack = fields.String(required=True, validate=_ID)
    series = Text(required=True, longest=60)
    specialty = Text(required=True, longest=60)
    level = Word(title_levels, required=True)
    channel = fields.String(load_default="api", validate=_ID)


class MaterialBody(Body):
    """A file that was uploaded, and what it is evidence of."""

    upload = fields.String(required=True, validate=_ID)
    kind = Word(materials, required=True)
    column = Text(load_default=None, allow_none=True, longest=60)
    supports = _ids()
    title = Text(required=True, longest=200)


class DeclarationsBody(Body):
    """What every filing declares."""

    declared_truthful = Flag(required=True)
    declared_unclassified = Flag(required=True)


class ReasonBody(Body):
    """A reason by its code, with the rules it rests on."""

    makes = Reason
    code = Word(REVIEWERS, required=True)
    rules = _ids(20)


class VerificationBody(Body):
    """What was found about one claim, on which materials."""

    makes = Found
    claim = fields.String(required=True, validate=_ID)
    finding = Word(FINDINGS, required=True)
    materials = _ids()
    note = Text(load_default=None, allow_none=True, longest=1000)


class OpinionBody(Body):
    """A handler's opinion."""

    recommendation = Word(RECOMMENDATIONS, required=True)
    reasons = fields.List(fields.Nested(ReasonBody), load_default=list, validate=Length(0, 50))
    verifications = fields.List(
        fields.Nested(VerificationBody), load_default=list, validate=Length(0, 500)
    )
    opinion = Text(required=True, longest=4000)


class DecisionBody(Body):
    """A leader's decision; a negative one gives reasons and its explanation as ``opinion``."""

    decision = Word(RECOMMENDATIONS, required=True)
    reasons = fields.List(fields.Nested(ReasonBody), load_default=list, validate=Length(0, 50))
    opinion = Text(load_default=None, allow_none=True, longest=4000)


class ReturnItemBody(Body):
    """One thing to mend: the claim or material (or ``application``), and what is wrong."""

    makes = Mend
    subject = fields.String(required=True, validate=_ID)
    problem = Text(required=True, longest=2000)
    rules = _ids(20)


class ReturnBody(Body):
    """A return: every item at once; ``due_on`` is the last day, in Beijing."""

    items = fields.List(fields.Nested(ReturnItemBody), required=True, validate=Length(1, 100))
    resume_stage = fields.String(load_default=None, allow_none=True, validate=_ID)
    due_on = Day(load_default=None, allow_none=True)


class SubstituteBody(Body):
    """Who stands in for a seat of a stage in this case, and why."""

    stage = fields.String(required=True, validate=_ID)
    seat = Word(SEATS, required=True)
    account = fields.String(required=True, validate=_ID)
    reason = Text(required=True, longest=1000)


class JudgementBody(Body):
    """The answer to a question that the law leaves to human judgement."""

    question = fields.String(required=True, validate=_ID)
    satisfied = Flag(required=True)
    grounds = Text(required=True, longest=4000)


class WithdrawalBody(Body):
    """Why the case is given up; may be left out."""

    reason = Text(load_default=None, allow_none=True, longest=1000)
