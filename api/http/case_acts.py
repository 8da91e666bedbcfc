"""What was done in cases, act by act: ``/v1/acts``, by whoever, whichever office, on any day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from marshmallow import fields

from api.access import Act
from api.conventions.blueprint import Blueprint
from api.conventions.paging import PageQuery
from api.http.lists import Query, lists, scope_to_read
from api.http.organisation_names import OrganisationNamedSchema, names_then
from api.http.query import qualifiers
from api.http.query.reading import query_field, read
from api.http.rows import members, shows
from api.services import services
from domain.event import topics
from projections import act_questions, case_acts, case_status

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from api.acts.acting import Acting
    from projections.listing import Gathered

blueprint = Blueprint(
    "case-acts", prefix="/v1/acts", description="办理记录 / what was done in cases"
)


class ActsQuery(PageQuery):
    """What the list is narrowed to."""

    q = query_field()


@shows(case_acts.Act, "position at case actor person account organisation seat stage round")
class CaseActSchema(OrganisationNamedSchema):
    """One act in a case, as its history tells it; ``title`` is what it is called in Chinese.

    Drafts and investigations stand in the history of their case alone.
    """

    act = fields.String(attribute="topic")
    title = fields.String()
    number = fields.String()


def acts_shown(who: Acting, page: Sequence[case_acts.Act]) -> list[dict[str, Any]]:
    """Acts with what they are called, the numbers of their cases, and the names of offices."""
    known = topics()
    names = names_then(
        services().office.desk(who), ((row.organisation, row.position) for row in page)
    )
    with services().views.connection() as connection:
        cases = case_status.among(connection, [row.case for row in page])
    return [
        members(row, title=known[row.topic].chinese, number=cases[row.case].number) | name
        for row, name in zip(page, names, strict=True)
    ]


@lists(blueprint, "CaseActs", ActsQuery, shown=acts_shown, acts=CaseActSchema)
def list_acts(who: Acting, query: Query, *, ascending: bool = False) -> Gathered[case_acts.Act]:
    """List what was done in the cases whose history the caller may read, the newest first."""
    asked = read(query["q"], qualifiers.ACTS, who)
    scope = scope_to_read(Act.READ_HISTORY, who)
    return act_questions.visible(scope, asked.asked, ascending=ascending)
