"""Lists of cases: ``/v1/cases``, narrowed and ordered by a query, with who dealt with each."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from api.access import Act
from api.conventions.blueprint import Blueprint
from api.conventions.fields import AnswerSchema
from api.conventions.paging import PageQuery
from api.conventions.writing import Beside
from api.http.acting import Answered, acting
from api.http.lists import CountedSchema, Query, counted, scope_to_list
from api.http.organisation_names import HousesNamedSchema, case_names
from api.http.query import qualifiers
from api.http.query.reading import Read, query_field, read
from api.http.rows import nested, shows
from api.http.word_fields import phase_field
from api.services import services
from projections import case_scope, dealings
from projections.case_order import NEWEST, ORDERS, ListedCase
from projections.case_questions import Charge, beginnings, conditions
from projections.dealings import Dealt
from projections.listing import ALWAYS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from api.acts.acting import Acting
    from projections.case_order import Beginnings, Order
    from projections.listing import Condition, Gathered
    from projections.scope import Scope

listed = Blueprint("case-list", prefix="/v1/cases", description="申报列表 / lists of cases")


class CasesQuery(PageQuery):
    """What the list is narrowed to, and in which order it comes: the newest first."""

    q = query_field()


@shows(
    Dealt,
    "stage organisation round handler handler_account leader leader_account decided_on decision",
)
class DealingSchema(AnswerSchema):
    """Who handled and who led at a stage, and what was decided or returned there on which day."""


@shows(
    ListedCase,
    "case number applicant employer pack series specialty level round stage organisation seat batch"
    " flags due_at certificate version changed_at returns decided_on",
)
class CaseRowSchema(HousesNamedSchema):
    """A case in a list: where it stands, and nothing about people but ids.

    ``dealings`` are told to who may read who reviewed the case, and empty to others.
    """

    phase = phase_field()
    dealings = nested(DealingSchema)


class CasesPageSchema(CountedSchema):
    """A page of cases."""

    cases = nested(CaseRowSchema)


@listed.get("")
@listed.arguments(CasesQuery, location="query")
@listed.response(200, CasesPageSchema)
def list_cases(query: Query) -> Answered:
    """List the cases that the caller may read, as a query narrows and orders them."""
    who = acting()
    page, count, link = counted(found_cases(who, query), query)
    return {"cases": case_rows(who, page), **count}, 200, link


def found_cases(who: Acting, query: Query, *, pointer: str = "/query/q") -> Gathered[ListedCase]:
    """The cases that the caller may read, as the query narrows and orders them."""
    asked = asked_of(who, query["q"], pointer=pointer)
    return case_scope.visible(scope_to_list(Act.READ_CASE, who), *asked)


def asked_of(
    who: Acting, query: str | None, *, pointer: str = "/query/q"
) -> tuple[list[Condition], Order, Beginnings | None]:
    """What a query asks of cases on behalf of somebody, in which order, and where those begin."""
    if not query:
        return [], NEWEST, None
    asked = query_of(who, query, pointer=pointer)
    charge = Charge(
        dealings=scope_to_list(Act.READ_SEPARATION, who),
        history=scope_to_list(Act.READ_HISTORY, who),
        findings=scope_to_list(Act.READ_FINDINGS, who),
        refusals=scope_to_list(Act.READ_REFUSALS, who),
    )
    some = asked.asked
    return conditions(some, charge), _order(asked.sort), beginnings(some, charge)


def query_of(who: Acting, query: str | None, *, pointer: str) -> Read:
    """What a query of cases asks. Raises the problem ``FIELDS_REFUSED``."""
    language = qualifiers.LANGUAGES["cases"]
    return read(query, language.qualifiers, who, sorts=language.sorts, pointer=pointer)


def case_rows(who: Acting, page: Sequence[ListedCase]) -> Beside:
    """The cases of a page with the names of organisations, and with who dealt with them."""
    dealt = dealings_for(who, [row.case for row in page], of=scope_to_list(Act.READ_CASE, who))
    beside: dict[str, Sequence[Any]] = {"dealings": [dealt[row.case] for row in page]}
    return Beside(page, beside | case_names(who, page))


def dealings_for(
    who: Acting, cases: Sequence[str], *, of: Scope | None = None
) -> dict[str, list[Dealt]]:
    """Who dealt with each of some cases, of those alone of which the caller may be told.

    ``of`` is a scope that shows all of them, where one is known.
    """
    scope = scope_to_list(Act.READ_SEPARATION, who)
    theirs = ALWAYS if scope == of else case_scope.seen(scope, 'dealing."case"')
    with services().views.connection() as connection:
        return dealings.of_cases(connection, cases, theirs)


def _order(sort: str | None) -> Order:
    if sort is None:
        return NEWEST
    return replace(ORDERS[sort.removeprefix("-")], descending=sort.startswith("-"))
