"""Achievements that a case draws from its applicant's own record: ``/v1/cases/{id}/achievements``.

Told and opened to who may read the files of the case, whatever becomes of the record afterwards.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from marshmallow import fields

from api.access import Act
from api.acts.case_reading import read_case
from api.conventions.blueprint import Blueprint
from api.conventions.fields import AnswerSchema
from api.http.acting import acting
from api.http.consultations import ConsultationHeader
from api.http.masking import words
from api.http.rows import nested, picked, shows
from api.http.uploads import content
from api.problems import Problem
from api.services import services
from domain.case.facts import drawn
from domain.person.achievements import AchievementEntered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Response

    from domain.case.application import Achievement
    from domain.case.state import Case

blueprint = Blueprint(
    "case-achievements",
    prefix="/v1/cases",
    description="从业绩档案库选取的业绩 / achievements drawn from one's own record",
)
_SHOWN = "entry organisation kind gained_on media_type size"


@shows(AchievementEntered, _SHOWN)
class DrawnAchievementSchema(AnswerSchema):
    """A claim of the case, and the entry of the applicant's record from which it is drawn.

    ``stands``: the entry was neither corrected nor withdrawn since; ``confirmed`` by an employer,
    null while none has looked.
    """

    claim = fields.String()
    title = fields.String()
    stands = fields.Boolean()
    confirmed = fields.Boolean(allow_none=True)


class DrawnAchievementsSchema(AnswerSchema):
    """What the case claims from the record, in the order of its claims."""

    achievements = nested(DrawnAchievementSchema)


@blueprint.get("/<case_id>/achievements")
@blueprint.arguments(ConsultationHeader, location="headers")
@blueprint.response(200, DrawnAchievementsSchema)
def read(header: dict[str, str], case_id: str) -> dict[str, Any]:
    """Read what a case draws from its applicant's own record."""
    return {"achievements": list(_drawn(_read(header, case_id)))}


@blueprint.get("/<case_id>/achievements/<claim>/content")
@blueprint.arguments(ConsultationHeader, location="headers")
@blueprint.response(200, content_type="application/octet-stream")
def read_content(header: dict[str, str], case_id: str, claim: str) -> Response:
    """Read the proof of an achievement that the case draws from there, in its own media type."""
    for named, entered in _entered(_read(header, case_id)):
        if named == claim:
            return content(entered.file, entered.media_type)
    raise Problem("NOT_FOUND")


def _read(header: dict[str, str], case_id: str) -> Case:
    named = header["consultation"]
    office = services().office
    return read_case(office, acting(), case_id, Act.READ_MATERIAL, consultation=named).case


def _drawn(case: Case) -> Iterator[dict[str, Any]]:
    circle = services().office.desk().circle(case.applicant)
    claims = {each.claim: each for each in _claimed(case)}
    for claim, entered in _entered(case):
        kept = drawn(claims[claim], circle)
        yield {
            **picked(entered, _SHOWN),
            "claim": claim,
            "title": words(entered.title, visible=True),
            "stands": kept is not None,
            "confirmed": None if kept is None else kept.confirmed,
        }


def _claimed(case: Case) -> tuple[Achievement, ...]:
    return (case.application and case.application.achievements) or ()


def _entered(case: Case) -> Iterator[tuple[str, AchievementEntered]]:
    """Each claim that names an entry of the applicant, under whatever document, and that entry."""
    desk = services().office.desk()
    known = {
        event.entry: event
        for person in desk.circle(case.applicant)
        for event in desk.history(person.person).events
        if isinstance(event, AchievementEntered)
    }
    for each in _claimed(case):
        if each.entry is not None and each.entry in known:
            yield each.claim, known[each.entry]
