"""What reviewers do on a case: opinion, decision, return, judgement, substitute, certificate."""

from __future__ import annotations

from marshmallow import fields
from marshmallow.validate import Length

from api.acts import review
from api.acts.case_reading import read_case
from api.acts.review import Found, Mend
from api.conventions.blueprint import Blueprint
from api.conventions.fields import Body, Day, Flag, Text
from api.conventions.vocabulary import Word
from api.http.acting import posts
from api.http.vocabularies import FINDINGS, RECOMMENDATIONS, SEATS
from api.http.words import listed_words, optional_word, word
from domain.case.reasons import REVIEWERS
from domain.case.values import Reason

blueprint = Blueprint("reviews", prefix="/v1/cases", description="审查 / reviewing cases")


class ReasonBody(Body):
    """A reason by its code, with the rules it rests on."""

    makes = Reason
    code = Word(REVIEWERS, required=True)
    rules = listed_words(20)


class VerificationBody(Body):
    """What was found about one claim, on which materials."""

    makes = Found
    claim = word()
    finding = Word(FINDINGS, required=True)
    materials = listed_words()
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
    subject = word()
    problem = Text(required=True, longest=2000)
    rules = listed_words(20)


class ReturnBody(Body):
    """A return: every item at once; ``due_on`` is the last day, in Beijing."""

    items = fields.List(fields.Nested(ReturnItemBody), required=True, validate=Length(1, 100))
    resume_stage = optional_word()
    due_on = Day(load_default=None, allow_none=True)


class SubstituteBody(Body):
    """Who stands in for a seat of a stage in this case, and why."""

    stage = word()
    seat = Word(SEATS, required=True)
    account = word()
    reason = Text(required=True, longest=1000)


class JudgementBody(Body):
    """The answer to a question that the law leaves to human judgement."""

    question = word()
    satisfied = Flag(required=True)
    grounds = Text(required=True, longest=4000)


post = posts(blueprint, read_case)
post("/<case_id>/handler-opinions", review.GIVE_OPINION, OpinionBody)
post("/<case_id>/leader-decisions", review.DECIDE, DecisionBody)
post("/<case_id>/returns", review.RETURN, ReturnBody)
post("/<case_id>/substitutes", review.DESIGNATE_SUBSTITUTE, SubstituteBody)
post("/<case_id>/judgements", review.RECORD_JUDGEMENT, JudgementBody)
post("/<case_id>/certificates", review.ISSUE_CERTIFICATE)
