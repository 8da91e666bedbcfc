"""Persons of the record: ``/v1/persons``, found by ``/v1/person-lookups``.

Document numbers are masked; to see one in clear is an act of its own, for a recorded reason.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from marshmallow import fields

from api.acts.consultation import LOOK_UP_PERSON, UNMASK, Ground, opened, person_of
from api.acts.guard import look
from api.acts.person import PERSON, name_of
from api.acts.thing import read as read_thing
from api.conventions.blueprint import Blueprint
from api.conventions.fields import AnswerSchema, Body, Text
from api.http.accounts import DocumentBody
from api.http.acting import Answered, acting, asking, takes
from api.http.addresses import address_of
from api.http.disclosing import DisclosedSchema, disclosed
from api.http.mandates import MandateHeader
from api.http.rows import SeenSchema, nested, seen_answer, shows
from api.http.showing import masked_number, words
from api.http.words import optional_stream
from api.services import services
from domain.notes import RecordConsulted
from domain.person.events import BindingCorrected, DocumentBound
from domain.person.state import Person, Title, TitleState

if TYPE_CHECKING:
    from api.acts.thing import Seen

blueprint = Blueprint("persons", prefix="/v1/persons", description="人员 / persons")
lookups = Blueprint(
    "person-lookups", prefix="/v1/person-lookups", description="按证件查找人员 / finding a person"
)


class LookupBody(Body):
    """The document of whom to find, and why, where no mandate is named."""

    document = fields.Nested(DocumentBody, required=True)
    reason = Text(load_default=None, longest=500)


class UnmaskingBody(Body):
    """Why the numbers have to be seen in clear: a reason, or the case that is at one's seat."""

    reason = Text(load_default=None, longest=500)
    case = optional_stream("case")


class FoundSchema(DisclosedSchema):
    """The person to whom the document belongs, if the record knows one."""

    person = fields.String(required=True, allow_none=True)


class DocumentSchema(AnswerSchema):
    """An identity document; ``number`` is masked."""

    kind = fields.String(required=True)
    number = fields.String(required=True)


class HeldSchema(AnswerSchema):
    """An account that the person holds."""

    account = fields.String(required=True)
    organisation = fields.String(required=True, allow_none=True)
    roles = fields.List(fields.String(), required=True)


@shows(Title, "case series specialty level label gained_on lost_on")
class TitleSchema(AnswerSchema):
    """A title gained through this record, and whether it is held.

    ``lost_on`` is the day in Beijing since which it is revoked for misconduct, or rescinded as a
    slip; null while it is held.
    """

    state = fields.Enum(TitleState, by_value=True, required=True)


@shows(Person, "person linked")
class PersonSchema(SeenSchema):
    """A person; ``linked`` are other persons of the record who are the same human being."""

    name = fields.String(required=True)
    documents = nested(DocumentSchema)
    accounts = nested(HeldSchema)
    titles = nested(TitleSchema)


class UnmaskedSchema(DisclosedSchema):
    """The documents in clear, after it was recorded who asked for them and why."""

    documents = nested(DocumentSchema)


@takes(lookups, "", LOOK_UP_PERSON, LookupBody, headers=MandateHeader, answers=FoundSchema)
def look_up(body: dict[str, Any], header: dict[str, Any]) -> Answered:
    """Find a person by an identity document. The look-up is recorded, found or not."""
    office, who = services().office, asking(LOOK_UP_PERSON)
    ground = Ground(reason=body["reason"], **header)
    person = person_of(office, who, body["document"])
    answer = look(office, who, LOOK_UP_PERSON, "", person=person, ground=ground)
    person = opened(office, who, answer.seen_by(RecordConsulted.topic)).subject or None
    address = None if person is None else address_of(person)
    links = {} if address is None else {"person": address}
    return disclosed(answer, links=links, person=person)


@blueprint.get("/<person_id>")
@blueprint.response(200, PersonSchema)
def read(person_id: str) -> Answered:
    """Read a person, document numbers masked."""
    seen = read_thing(services().office, acting(), PERSON, person_id)
    person, numbers = seen.state, [(each.kind, each.number.text) for each in _bound(seen)]
    return seen_answer(
        seen,
        name=words(name_of(services().record, person_id), visible=True),
        documents=[{"kind": kind, "number": masked_number(number)} for kind, number in numbers],
        accounts=[
            {"account": account, "organisation": organisation, "roles": sorted(roles)}
            for account, organisation, roles in person.accounts
        ],
        linked=sorted(person.linked),
    )


@takes(
    blueprint,
    "/<person_id>/unmaskings",
    UNMASK,
    UnmaskingBody,
    headers=MandateHeader,
    answers=UnmaskedSchema,
)
def unmask(body: dict[str, Any], header: dict[str, Any], person_id: str) -> Answered:
    """Read a person's document numbers in clear, on a ground that is recorded.

    A reviewer names the case that is at their seat; anybody else a reason or a mandate.
    """
    office, who = services().office, asking(UNMASK)
    answer = look(office, who, UNMASK, person_id, ground=Ground(**body, **header))
    bound = _bound(read_thing(office, acting(), PERSON, person_id))
    numbers = [{"kind": each.kind, "number": words(each.number, visible=True)} for each in bound]
    return disclosed(answer, documents=numbers)


def _bound(seen: Seen[Person]) -> list[DocumentBound]:
    """The documents that are the person's, without those that turned out to be another's."""
    events = dict(enumerate(seen.history.events, start=1))
    wrong = {each.bound for each in events.values() if isinstance(each, BindingCorrected)}
    return [
        each
        for version, each in events.items()
        if isinstance(each, DocumentBound) and version not in wrong
    ]
