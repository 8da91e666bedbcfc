"""Looking into a case as a watcher, for a reason that is recorded first (查阅案卷).

``POST /v1/cases/{case_id}/consultations`` records the reason; the case, its history, its notice and
the content of its files then name that consultation in their ``Consultation`` header, and are
shown in clear for the rest of the session.
"""

from __future__ import annotations

from typing import Any

from api.acts.consultation import CONSULT_CASE, Ground
from api.acts.guard import look
from api.conventions.blueprint import Blueprint
from api.conventions.fields import Body, Text
from api.http.acting import Answered, asking, takes
from api.http.consultation_answers import DisclosedSchema, disclosed
from api.http.mandates import MandateHeader
from api.services import services

blueprint = Blueprint(
    "case-consultations", prefix="/v1/cases", description="查阅案卷（留痕） / looking into a case"
)


class CaseConsultationBody(Body):
    """Why, where no mandate is named."""

    reason = Text(load_default=None, longest=500)


@takes(
    blueprint,
    "/<case_id>/consultations",
    CONSULT_CASE,
    CaseConsultationBody,
    headers=MandateHeader,
    answers=DisclosedSchema,
)
def consult(body: dict[str, Any], header: dict[str, Any], case_id: str) -> Answered:
    """Say why one looks into a case, as a watcher, before its files and words are shown."""
    who, ground = asking(CONSULT_CASE), Ground(**body, **header)
    return disclosed(look(services().office, who, CONSULT_CASE, case_id, ground=ground))
