"""What ids are called: ``POST /v1/names``, up to 200 in one request.

People in the caller's charge are told by name, those who applied or acted in a case that the
caller reads by a part of it; of others, and of what lies elsewhere, nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from marshmallow import fields

from api.access import Act
from api.conventions.blueprint import Blueprint
from api.conventions.fields import AnswerSchema, Body
from api.http.acting import acting
from api.http.labels_of_laws import of_laws
from api.http.lists import scope_to_list
from api.http.person_names import all_known_as
from api.http.rows import nested
from api.http.word_fields import several_words
from api.services import services
from domain.masking import masked_name
from projections import case_scope, case_status, organisations, people
from projections.involved import involved

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from api.acts.acting import Acting
    from projections.case_status import CaseStatus


blueprint = Blueprint("names", prefix="/v1/names", description="名称 / what ids are called")

MOST = 200


class NamesBody(Body):
    """Of what: ids of persons, accounts, organisations and cases."""

    ids = several_words(MOST)


class CalledSchema(AnswerSchema):
    """What one id is called, and what it is; null where the caller is not told."""

    id = fields.String()
    name = fields.String(allow_none=True)
    label = fields.String(allow_none=True)


class CalledNamesSchema(AnswerSchema):
    """In the order in which they were asked for."""

    names = nested(CalledSchema)


@blueprint.post("")
@blueprint.arguments(NamesBody)
@blueprint.response(200, CalledNamesSchema)
def read(body: dict[str, Any]) -> dict[str, Any]:
    """Tell what some ids are called, as far as the caller may know."""
    known = called_within(acting(), body["ids"])
    nothing = (None, None)
    rows = ((each, *known.get(each, nothing)) for each in body["ids"])
    return {"names": [{"id": i, "name": name, "label": label} for i, name, label in rows]}


PERSON, ORGANISATION, CASE = "person", "organisation", "case"
_ACTS = (Act.READ_CASE, Act.READ_ORGANISATION, Act.READ_PERSON, Act.READ_SEPARATION)


def called(who: Acting, ids: Iterable[str]) -> dict[str, str]:
    """What each of some ids is called, which all stand in rows that the caller may read.

    A case is called by its number. What has no name, or none any more, is left out.
    """
    of: dict[str, list[str]] = {PERSON: [], ORGANISATION: [], CASE: []}
    for each in sorted(set(ids)):
        of.get(each.partition("-")[0], []).append(each)
    scope = scope_to_list(Act.READ_PERSON, who)
    with services().views.connection() as connection:
        near = people.shown(connection, scope, of[PERSON])
        found = organisations.named(connection, of[ORGANISATION])
        found |= case_status.numbered(connection, of[CASE])
    known = {person: each["name"] for person, each in all_known_as(of[PERSON]).items()}
    found |= {p: name if p in near else masked_name(name) for p, name in known.items() if name}
    return found


def called_within(who: Acting, ids: Sequence[str]) -> dict[str, tuple[str, str]]:
    """What those of some ids are called, and what they are, that the caller may know of.

    Who applied or acted in a case that the caller reads is called by a part of their name.
    """
    scopes = {act: scope_to_list(act, who) for act in _ACTS}
    with services().views.connection() as connection:
        cases = case_scope.shown(connection, scopes[Act.READ_CASE], ids)
        houses = organisations.shown(connection, scopes[Act.READ_ORGANISATION], ids)
        near = people.shown(connection, scopes[Act.READ_PERSON], ids)
        others = involved(connection, scopes[Act.READ_CASE], scopes[Act.READ_SEPARATION], ids)
        of_cases = case_status.among(connection, sorted(cases))
        kinds = organisations.among(connection, sorted(houses))
    names = called(who, {*cases, *houses, *near, *others})
    labels = dict.fromkeys((*near, *others), PERSON)
    labels |= {name: row.kind for name, row in kinds.items()}
    labels |= {name: _title(row) for name, row in of_cases.items()}
    return {each: (name, labels[each]) for each, name in names.items()}


def _title(case: CaseStatus) -> str:
    """For which title a case is, in words."""
    levels = of_laws("level", case.pack)
    return f"{case.series} {levels.get(case.level, case.level)}"
