"""What reviewers do on a case: opinion, decision, return, judgement, substitute, certificate."""

from __future__ import annotations

from api.acts import review
from api.acts.case_reading import read_case
from api.conventions.blueprint import Blueprint
from api.http.acting import posts
from api.http.case_bodies import (
    DecisionBody,
    JudgementBody,
    OpinionBody,
    ReturnBody,
    SubstituteBody,
)

blueprint = Blueprint("reviews", prefix="/v1/cases", description="审查 / reviewing cases")

post = posts(blueprint, read_case)
post("/<case_id>/handler-opinions", review.GIVE_OPINION, OpinionBody)
post("/<case_id>/leader-decisions", review.DECIDE, DecisionBody)
post("/<case_id>/returns", review.RETURN, ReturnBody)
post("/<case_id>/substitutes", review.DESIGNATE_SUBSTITUTE, SubstituteBody)
post("/<case_id>/judgements", review.RECORD_JUDGEMENT, JudgementBody)
post("/<case_id>/certificates", review.ISSUE_CERTIFICATE)
