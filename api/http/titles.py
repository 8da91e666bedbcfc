"""Titles (职称): ``/v1/titles``: who holds which, and since when one is revoked or rescinded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from marshmallow import fields

from api.access import Act
from api.conventions.blueprint import Blueprint
from api.conventions.fields import Day
from api.conventions.paging import PageQuery
from api.conventions.vocabulary import Word
from api.http.labels import TITLE_STATES
from api.http.lists import Query, lists, scope_to_list, scope_to_read
from api.http.organisation_names import OrganisationNamedSchema, names_then
from api.http.query import qualifiers
from api.http.query.reading import query_field
from api.http.query.reading import read as read_query
from api.http.rows import members, shows
from api.services import services
from projections import titles
from projections.titles import Title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from api.acts.acting import Acting
    from projections.listing import Gathered

blueprint = Blueprint("titles", prefix="/v1/titles", description="职称 / titles")


class TitlesQuery(PageQuery):
    """What the list is narrowed to; ``effective_at``: as titles stood on a day in Beijing."""

    q = query_field()
    effective_at = Day(load_default=None)


@shows(
    Title,
    "position case person organisation series specialty level label gained_on lost_on certificate",
)
class TitleRowSchema(OrganisationNamedSchema):
    """A title that somebody gained, and whether it is held; ``organisation`` gave it.

    ``case`` is where it was gained: a case, or the ``report`` of a unit that evaluates itself.
    ``lost_on`` is the day in Beijing since which it is revoked for misconduct, or rescinded as a
    slip; null while it is held. ``certificate`` is the number of its certificate that is not void.
    """

    report = fields.String(allow_none=True)
    state = Word(TITLE_STATES)


def _rows(who: Acting, page: Sequence[Title]) -> list[dict[str, Any]]:
    """Titles with the names of who gave them."""
    desk = services().office.desk(who)
    names = names_then(desk, ((row.organisation, row.position) for row in page))
    return [members(row, report=row.report) | name for row, name in zip(page, names, strict=True)]


@lists(blueprint, "Titles", TitlesQuery, shown=_rows, titles=TitleRowSchema)
def list_titles(who: Acting, query: Query, *, ascending: bool = False) -> Gathered[Title]:
    """List the titles that the caller may read one by one, what was entered last first.

    Those of persons whom the caller may read, and those that a case tells of which they may read.
    As of a day, one that was revoked later was held, and one that was gained later is left out; a
    recognition that was rescinded never gave any.
    """
    asked = read_query(query["q"], qualifiers.TITLES, who)
    return titles.visible(
        scope_to_read(Act.READ_PERSON, who),
        scope_to_list(Act.READ_HISTORY, who),
        asked.asked,
        on=query.get("effective_at"),
        ascending=ascending,
    )
