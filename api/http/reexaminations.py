"""Re-examination (复查) of how a case ended: ``/v1/cases/{case_id}/reexaminations``."""

from __future__ import annotations

from api.acts import reexamination
from api.acts.case_reading import read_case
from api.conventions.blueprint import Blueprint
from api.conventions.fields import Body, DocumentNumber, Statement
from api.conventions.vocabulary import Word
from api.http.acting import posts
from api.http.labels import REEXAMINED

blueprint = Blueprint("reexaminations", prefix="/v1/cases", description="复查 / re-examinations")


class ReexaminationBody(Body):
    """Why the applicant asks for a re-examination."""

    grounds = Statement()


class ReexaminationDecisionBody(Body):
    """How it ended, under the number of its decision."""

    outcome = Word(REEXAMINED)
    decision = DocumentNumber()
    reason = Statement()


post = posts(blueprint, read_case)
post("/<case_id>/reexaminations", reexamination.REQUEST, ReexaminationBody)
post("/<case_id>/reexaminations/current/decisions", reexamination.DECIDE, ReexaminationDecisionBody)
