"""Persons of the record: ``/v1/persons``, found by ``/v1/searches``.

Document numbers are masked; to see one in clear is an act of its own, for a recorded reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from marshmallow import fields

from api.access import Act, permitted
from api.acts import folding
from api.acts.consultation import UNMASK, Ground
from api.acts.guard import look
from api.acts.person import PERSON
from api.acts.thing import read as read_thing
from api.conventions.blueprint import Blueprint
from api.conventions.fields import AnswerSchema, Body, Text
from api.http.acting import Answered, acting, asking, takes
from api.http.consultations import DisclosedSchema, disclosed
from api.http.mandates import MandateHeader
from api.http.masking import masked_number, words
from api.http.person_names import KnownAsSchema, known_as
from api.http.rows import nested, shows
from api.http.things import AsOfQuery, SeenSchema, as_known, seen_answer
from api.http.word_fields import optional_stream
from api.services import services
from domain import beijing
from domain.person.events import (
    BindingCorrected,
    DocumentBound,
    NameProof,
    PersonRegistered,
    PersonRenamed,
)
from domain.person.naming import names
from domain.person.state import Person
from domain.person.titles import Report, Title, TitleState

if TYPE_CHECKING:
    from collections.abc import Iterator

    from api.acts.thing import Seen
    from api.http.lists import Query
    from audit.record import History

blueprint = Blueprint("persons", prefix="/v1/persons", description="人员 / persons")


class UnmaskingBody(Body):
    """Why the numbers have to be seen in clear: a reason, or the case that is at one's seat."""

    reason = Text(load_default=None, longest=500)
    case = optional_stream("case")


class DocumentSchema(AnswerSchema):
    """An identity document; ``number`` is masked."""

    kind = fields.String()
    number = fields.String()


class HeldSchema(AnswerSchema):
    """An account that the person holds."""

    account = fields.String()
    organisation = fields.String(allow_none=True)
    roles = fields.List(fields.String())


@shows(Title, "case series specialty level label gained_on lost_on")
class TitleSchema(AnswerSchema):
    """A title gained through this record, and whether it is held.

    ``lost_on`` is the day in Beijing since which it is revoked for misconduct, or rescinded as a
    slip; null while it is held. ``report`` is the unit's report of which it is, null of a case's.
    """

    report = fields.String(allow_none=True)
    state = fields.Enum(TitleState, by_value=True)


@shows(Report, "report organisation document corrects")
class ReportSchema(AnswerSchema):
    """A title that a self-evaluating unit reported, and that another of the unit has to confirm.

    ``corrects`` is the report that it corrects; ``title`` is null where the unit never gave any.
    """

    title = fields.Nested(TitleSchema, allow_none=True)


@dataclass(frozen=True)
class Named:
    """A name that a person has or had; ``effective_on`` (Beijing) is its first day.

    ``proof`` and ``number`` are its document's, None for the name under which they were registered;
    ``known_at`` (UTC) is when it was entered.
    """

    name: str
    effective_on: date
    proof: NameProof | None
    number: str | None
    known_at: datetime


@shows(Named, "name effective_on proof number known_at")
class PersonNamedSchema(AnswerSchema):
    """A name, the first day in Beijing on which it counts, its document, and when it was entered.

    ``number`` is masked.
    """


class StandingHoldSchema(AnswerSchema):
    """A hold on the erasure of a person that stands; `/v1/holds` tells more of it."""

    hold = fields.String()


@shows(Person, "person linked")
class PersonSchema(KnownAsSchema, SeenSchema):
    """A person; ``linked`` are other persons of the record who are the same human being.

    ``names`` are all that they had, the first first. ``holds`` are those that stand, for who may
    know of them.
    """

    names = nested(PersonNamedSchema)
    documents = nested(DocumentSchema)
    accounts = nested(HeldSchema)
    titles = nested(TitleSchema)
    reports = nested(ReportSchema)
    holds = nested(StandingHoldSchema)


class UnmaskedSchema(DisclosedSchema):
    """The documents in clear, after it was recorded who asked for them and why."""

    documents = nested(DocumentSchema)


@blueprint.get("/<person_id>")
@blueprint.arguments(AsOfQuery, location="query")
@blueprint.response(200, PersonSchema)
def read(query: Query, person_id: str) -> Answered:
    """Read a person, document numbers masked, now or as they were known at an instant.

    Nothing is on offer for a person as they were; before they were registered there is none.
    """
    seen = read_thing(services().office, acting(), PERSON, person_id)
    seen = as_known(seen, folding.person, query["as_of"])
    person, numbers = seen.state, [(each.kind, each.number.text) for each in _bound(seen)]
    return seen_answer(
        seen,
        **known_as(names(seen.history.events)),
        names=list(_names(seen.history)),
        documents=[{"kind": kind, "number": masked_number(number)} for kind, number in numbers],
        accounts=[
            {"account": account, "organisation": organisation, "roles": sorted(roles)}
            for account, organisation, roles in person.accounts
        ],
        linked=sorted(person.linked),
        holds=[{"hold": each} for each in person.holds] if _knows_holds(seen) else [],
    )


def _knows_holds(seen: Seen[Person]) -> bool:
    return permitted(Act.READ_HOLDS, seen.desk.acting.roles, seen.relations)


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


def _names(history: History) -> Iterator[Named]:
    for one in history.recorded:
        match one.event:
            case PersonRegistered(name=name):
                first = beijing.day(one.recorded_at)
                yield Named(words(name, visible=True), first, None, None, one.recorded_at)
            case PersonRenamed(name=name, effective_on=day, proof=proof, number=number):
                masked = masked_number(number.text)
                yield Named(words(name, visible=True), day, proof, masked, one.recorded_at)
            case _:
                pass


def _bound(seen: Seen[Person]) -> list[DocumentBound]:
    """The documents that are the person's, without those that turned out to be another's."""
    events = dict(enumerate(seen.history.events, start=1))
    wrong = {each.bound for each in events.values() if isinstance(each, BindingCorrected)}
    return [
        each
        for version, each in events.items()
        if isinstance(each, DocumentBound) and version not in wrong
    ]
