"""Finding persons by name or document: ``/v1/searches``, recorded as a look-up with its reason.

What names people is in the body alone. Queries name the consultation that was recorded, wherever
they take the id of a person: ``leader:consultation-…`` (see ``api.http.query``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from marshmallow import ValidationError, fields, validates_schema

from api.access import Act
from api.acts.consultation import LOOK_UP_PERSON, Ground, person_of, told_of
from api.acts.guard import look
from api.conventions.blueprint import Blueprint
from api.conventions.fields import Body, Text
from api.http.accounts import DocumentBody
from api.http.acting import Answered, asking, takes
from api.http.consultations import DisclosedSchema, disclosed
from api.http.lists import scope_to_read
from api.http.mandates import MandateHeader
from api.services import services
from domain.single_events import RecordConsulted
from projections import names
from projections.concerned import concerned

if TYPE_CHECKING:
    from api.acts.acting import Acting

blueprint = Blueprint(
    "searches", prefix="/v1/searches", description="查找人员（留痕） / finding people"
)

MOST_FOUND = 200
"""Persons of one name that a search finds; a commoner name is sought with other qualifiers."""


class SearchBody(Body):
    """A document or a name, and why it is sought, where no mandate is named."""

    document = fields.Nested(DocumentBody, load_default=None)
    name = Text(load_default=None, longest=100)
    reason = Text(load_default=None, longest=500)

    @validates_schema
    def _says_whom(self, body: dict[str, Any], **_: object) -> None:
        if (body["document"] is None) == (body["name"] is None):
            raise ValidationError("Must be one of: document, name.", "document")


class FoundSchema(DisclosedSchema):
    """Whom the record knows by that document; by that name, those in the caller's charge."""

    persons = fields.List(fields.String())


@takes(blueprint, "", LOOK_UP_PERSON, SearchBody, headers=MandateHeader, answers=FoundSchema)
def search(body: dict[str, Any], header: dict[str, Any]) -> Answered:
    """Find persons by a document or a name. The search is recorded, whomever it finds.

    Its `consultation` stands for those found in the queries of the same account for a week.
    """
    office, who = services().office, asking(LOOK_UP_PERSON)
    ground = Ground(reason=body["reason"], **header)
    persons = _sought(who, body)
    answer = look(office, who, LOOK_UP_PERSON, "", persons=persons, ground=ground)
    found = told_of(office.desk(who), persons, ground)
    services().searches.keep(
        answer.seen_by(RecordConsulted.topic), who.actor.account, found, who.at
    )
    return disclosed(answer, persons=found)


def _sought(who: Acting, body: dict[str, Any]) -> tuple[str, ...]:
    if body["document"] is not None:
        person = person_of(services().office, who, body["document"])
        return () if person is None else (person,)
    digest = services().record.blind(names.PURPOSE, names.searched(body["name"]))
    near = concerned(scope_to_read(Act.READ_PERSON, who), "person_name.person")
    with services().views.connection() as connection:
        return tuple(names.with_digest(connection, digest, near, limit=MOST_FOUND))
