"""Cases drawn by lot for a watcher to look into, under a mandate (抽查): ``/v1/case-samples``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from marshmallow import fields

from api.access import Act, relations_for
from api.acts.case_sample import DRAW, opened_by
from api.acts.desk import known
from api.acts.guard import guard
from api.acts.replay import answered_before
from api.conventions.blueprint import Blueprint
from api.conventions.fields import AnswerSchema, Body, WholeNumber
from api.http.acting import Answered, AppendedSchema, answered, asking, takes
from api.http.case_list import found_cases, query_of
from api.http.mandates import MandateHeader, narrowed
from api.http.query.in_words import in_words
from api.http.query.qualifiers import LANGUAGES
from api.http.query.reading import query_field
from api.http.rows import nested
from api.problems import Problem
from api.services import services
from domain.single_events import RecordConsulted

if TYPE_CHECKING:
    from api.acts.acting import Acting, Answer

blueprint = Blueprint(
    "case-samples", prefix="/v1/case-samples", description="抽查案卷（留痕） / cases drawn by lot"
)
_MOST, _LARGEST = 10_000, 50
"""Cases from which a lot is drawn, and cases that it opens, at most."""


class SampleBody(Body):
    """Of which cases, and how many; the lot is not the caller's to choose."""

    q = query_field()
    size = WholeNumber(
        least=1,
        most=_LARGEST,
        metadata={"description": "How many cases are drawn, at most.", "example": 5},
    )


class DrawnSchema(AnswerSchema):
    """A case that was drawn; ``consultation`` opens it, in its header, for the session."""

    case = fields.String()
    number = fields.String()
    consultation = fields.String()


class SampleSchema(AppendedSchema):
    """The cases that were drawn, each with the consultation by which it is read in clear."""

    drawn = nested(DrawnSchema)


@takes(blueprint, "", DRAW, SampleBody, headers=MandateHeader, answers=SampleSchema)
def draw(body: dict[str, Any], header: dict[str, Any]) -> Answered:
    """Draw some of the cases that a query finds, and open their words and files, each on record.

    Only of what the mandate is about. The n-th lot is the case with the n-th smallest SHA-256 of
    the first consultation's id and its own, both as text, so that it can be drawn again.
    """
    who, office = asking(DRAW), services().office
    if not relations_for(Act.CONSULT_CASE, who.roles):
        raise Problem("FORBIDDEN")
    if (before := answered_before(office.record, who)) is not None:
        return _told(before)
    query_of(who, body["q"], pointer="/q")  # what is wrong is told before anything is asked of it
    cases, asked = _cases(who, body, header["mandate"]), _in_words(who, body["q"])
    drawn = guard(office, who, DRAW, "", cases=cases, size=body["size"], asked=asked, **header)
    return _told(drawn)


def _cases(who: Acting, body: dict[str, Any], mandate: str | None) -> tuple[str, ...]:
    """The cases that the query finds of those that the mandate is about."""
    found = found_cases(narrowed(who, mandate), body, pointer="/q")
    with services().views.connection() as connection:
        rows = found.page(connection, limit=_MOST + 1)
    if len(rows) > _MOST:
        raise Problem("SAMPLE_FROM_TOO_MANY")
    return tuple(row.case for row in rows)


def _in_words(who: Acting, query: str | None) -> str:
    return in_words(query_of(who, query, pointer="/q"), LANGUAGES["cases"].qualifiers)


def _told(answer: Answer) -> Answered:
    desk = services().office.desk()
    opened = opened_by(desk, [each.stream for each in answer.happened])
    drawn = [
        {"case": case, "number": known(desk.case(case)).number, "consultation": each}
        for each, case in opened
    ]
    return answered(answer, answer.stream_of(RecordConsulted.topic), drawn=drawn)
