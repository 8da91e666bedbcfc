"""What reviewers do on a case, or on many: opinion, decision, return, judgement, certificate."""

from __future__ import annotations

from typing import Any

from marshmallow import fields
from marshmallow.validate import Length

from api.acts import certificate, review
from api.acts.case_reading import read_case
from api.acts.review import DECIDE, Establishes, Found, Mend
from api.conventions.blueprint import Blueprint
from api.conventions.fields import (
    Body,
    Day,
    Flag,
    StatedValue,
    Statement,
    Text,
    WholeNumber,
)
from api.conventions.vocabulary import Word, WordOfYear
from api.http.acting import commanding, posts
from api.http.application_body import HeldTitleBody, PeriodBody
from api.http.labels import FINDINGS, RECOMMENDATIONS, SEATS, VOIDING_GROUNDS
from api.http.labels_of_laws import established
from api.http.many_cases import MOST, ManyOutcomesSchema, outcome
from api.http.notification import told
from api.http.word_fields import listed_words, optional_word, stream, unrecused, word
from domain.case.reasons import REVIEWERS
from domain.case.values import EstablishedPeriod, EstablishedTitle, Reason

blueprint = Blueprint("reviews", prefix="/v1/cases", description="审查 / reviewing cases")


class ReasonBody(Body):
    """A reason by its code, with the rules it rests on."""

    makes = Reason
    code = Word(REVIEWERS)
    rules = listed_words(20)


class VerificationBody(Body):
    """What was found about one claim, on which materials."""

    makes = Found
    claim = word()
    finding = Word(FINDINGS)
    materials = listed_words()
    note = Text(load_default=None, longest=1000)


class EstablishedPeriodBody(PeriodBody):
    """One entry of a list of periods, such as a contract, as this stage finds it."""

    makes = EstablishedPeriod


class EstablishedTitleBody(HeldTitleBody):
    """A title of which the applicant did not speak, as this stage finds it."""

    makes = EstablishedTitle


class EstablishedBody(Body):
    """A fact that is this stage's to say, by its name, in the pack's words.

    A list of periods has its entries in the place of ``value``; where there are none, ``none``.
    ``title`` has those of the applicant's ``titles`` that the application does not state.
    """

    makes = Establishes
    fact = WordOfYear(established)
    value = StatedValue(load_default=None, longest=200)
    periods = fields.List(
        fields.Nested(EstablishedPeriodBody), load_default=list, validate=Length(0, 100)
    )
    titles = fields.List(
        fields.Nested(EstablishedTitleBody), load_default=list, validate=Length(0, 100)
    )


class OpinionBody(Body):
    """A handler's opinion.

    ``establishes`` are the facts that are neither the applicant's nor the register's to say, and
    this stage's: the employer's at the first stage, a reviewer's above it.
    """

    recommendation = Word(RECOMMENDATIONS)
    reasons = fields.List(fields.Nested(ReasonBody), load_default=list, validate=Length(0, 50))
    verifications = fields.List(
        fields.Nested(VerificationBody), load_default=list, validate=Length(0, 500)
    )
    establishes = fields.List(
        fields.Nested(EstablishedBody), load_default=list, validate=Length(0, 100)
    )
    opinion = Statement()
    no_reason_to_recuse = unrecused()


class DecisionBody(Body):
    """A leader's decision; a negative one gives reasons and its explanation as ``opinion``."""

    decision = Word(RECOMMENDATIONS)
    reasons = fields.List(fields.Nested(ReasonBody), load_default=list, validate=Length(0, 50))
    opinion = Statement(load_default=None)
    no_reason_to_recuse = unrecused()


class ReturnItemBody(Body):
    """One thing to mend: the claim or material (or ``application``), and what is wrong."""

    makes = Mend
    subject = word()
    problem = Text(longest=2000)
    rules = listed_words(20)


class ReturnBody(Body):
    """A return: every item at once; ``due_on`` is the last day, in Beijing.

    Without it the term of the law is taken, from the day of being told; no shorter one is.
    """

    items = fields.List(fields.Nested(ReturnItemBody), validate=Length(1, 100))
    resume_stage = optional_word()
    told = told()
    due_on = Day(load_default=None)
    no_reason_to_recuse = unrecused()


class SubstituteBody(Body):
    """Who stands in for a seat of a stage in this case, and why."""

    stage = word()
    seat = Word(SEATS)
    account = word()
    reason = Text(longest=1000)


class JudgementBody(Body):
    """The answer to a question that the law leaves to human judgement."""

    question = word()
    satisfied = Flag()
    grounds = Statement()


class VoidedCertificateBody(Body):
    """Why a certificate is void, though the title stands."""

    ground = Word(VOIDING_GROUNDS)
    explanation = Text(longest=1000)


class SignedCertificateBody(Body):
    """The day on which the paper was signed for; ``proxy`` where the holder did not sign."""

    signed_on = Day()
    proxy = Text(load_default=None, longest=200)


post = posts(blueprint, read_case)
post("/<case_id>/handler-opinions", review.GIVE_OPINION, OpinionBody)
post("/<case_id>/leader-decisions", review.DECIDE, DecisionBody)
post("/<case_id>/returns", review.RETURN, ReturnBody)
post("/<case_id>/substitutes", review.DESIGNATE_SUBSTITUTE, SubstituteBody)
post("/<case_id>/judgements", review.RECORD_JUDGEMENT, JudgementBody)
post("/<case_id>/certificates", certificate.ISSUE_CERTIFICATE)
post(
    "/<case_id>/certificates/current/voidings", certificate.VOID_CERTIFICATE, VoidedCertificateBody
)
post(
    "/<case_id>/certificates/current/signatures",
    certificate.SIGN_FOR_CERTIFICATE,
    SignedCertificateBody,
)


bulk = Blueprint(
    "bulk-decisions", prefix="/v1/bulk-decisions", description="批量决定 / one decision, many cases"
)
_DECISION = ("decision", "reasons", "opinion", "no_reason_to_recuse")


class CaseSeenBody(Body):
    """A case in the version that the leader saw."""

    case = stream("case")
    version = WholeNumber(least=1)


class BulkDecisionBody(DecisionBody):
    """The decision and the cases that it is made on."""

    cases = fields.List(fields.Nested(CaseSeenBody), validate=Length(1, MOST))


@bulk.post("")
@bulk.appends(to_existing=False)
@bulk.arguments(BulkDecisionBody)
@bulk.response(200, ManyOutcomesSchema)
def decide(body: dict[str, Any]) -> dict[str, Any]:
    """Decide many cases as their leader; each is an act of its own, allowed or refused alone.

    Sent again under the same key it goes on where it was interrupted: no case is decided twice.
    A sign-in that is not fresh decides none.
    """
    who, said = commanding(to_existing=False), {name: body[name] for name in _DECISION}
    return {
        "outcomes": [
            outcome(who, DECIDE, each["case"], each["version"], said) for each in body["cases"]
        ]
    }
