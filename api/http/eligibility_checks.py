"""Asking the law without filing anything: ``/v1/eligibility-checks``. Nothing is recorded."""

from __future__ import annotations

from typing import Any

from marshmallow import fields
from marshmallow.validate import Length

from api.acts import case_law as eligibility
from api.acts.case_law import Question
from api.conventions.blueprint import Blueprint
from api.conventions.fields import AnswerSchema, Body, Instant, Text
from api.conventions.vocabulary import Word
from api.http.acting import acting
from api.http.application_body import ApplicationBody, claim_ids, read_application
from api.http.labels_of_laws import materials, title_levels
from api.http.law_schemas import LawRefusalSchema, OpenFactSchema, VerdictSchema
from api.http.value_schemas import Told
from api.http.word_fields import stream
from api.law.verdicts import plain_open, plain_refusal, plain_verdict
from api.services import services

blueprint = Blueprint(
    "eligibility-checks",
    prefix="/v1/eligibility-checks",
    description="资格预检（不留存） / asking the law without recording",
)


class CheckBody(Body):
    """What would be filed.

    ``materials`` are the kinds that would be attached, ``supported`` the claims that they would
    be evidence of; ``filed_at`` is now where nothing is said.
    """

    pack = Text(load_default=None, longest=100)
    employer = stream("organisation")
    series = Text(longest=60)
    specialty = Text(longest=60)
    level = Word(title_levels)
    application = fields.Nested(ApplicationBody)
    materials = fields.List(Word(materials), load_default=list, validate=Length(0, 100))
    supported = claim_ids()
    filed_at = Instant(load_default=None)


class LawAskedSchema(AnswerSchema):
    """Which pack answered, in which edition, and the documents that it is made of."""

    pack = fields.String()
    number = fields.Integer()
    digest = fields.String()
    layers = fields.List(fields.String())


class CheckedSchema(AnswerSchema):
    """The verdict with its whole tree, and everything that would stand in the way of filing.

    The verdict takes what is not mentioned for not in question; ``open`` are the facts on which it
    turns all the same, with who says each and by when: what is open at its time files nothing and
    recognises nothing.
    ``warnings`` stand in no way: they say what could not be dated soon after the filing.
    Other provinces' records are not consulted.
    """

    law = Told(LawAskedSchema)
    verdict = Told(VerdictSchema)
    open = Told(OpenFactSchema, many=True)
    obstacles = Told(LawRefusalSchema, many=True)
    warnings = Told(LawRefusalSchema, many=True)


@blueprint.post("")
@blueprint.arguments(CheckBody)
@blueprint.response(200, CheckedSchema)
def check(body: dict[str, Any]) -> dict[str, Any]:
    """Ask what the law would say to a filing. Nothing is recorded."""
    who = acting()
    application = read_application(body["application"], who.actor.person)
    question = Question(
        pack=body["pack"],
        employer=body["employer"],
        series=body["series"],
        specialty=body["specialty"],
        level=body["level"],
        application=application,
        materials=frozenset(body["materials"]),
        supported=frozenset(body["supported"]),
        filed_at=body["filed_at"] or who.at,
    )
    office = services().office
    law, answer, obstacles = eligibility.check(office, who, question)
    warned = eligibility.warnings(office, law, answer.facts, question)
    return {
        "law": {
            "pack": law.id,
            "number": law.version,
            "digest": law.digest,
            "layers": [layer for layer, _ in law.layers],
        },
        "verdict": plain_verdict(answer.as_told(law)),
        "open": [plain_open(law, each) for each in answer.verdict.open],
        "obstacles": [plain_refusal(each) for each in obstacles],
        "warnings": [plain_refusal(each) for each in warned],
    }
