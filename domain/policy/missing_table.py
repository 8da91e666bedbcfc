"""Where the years stand in a text that was not supplied: undetermined, or as a document states."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.policy.assess_route import Basis, take
from domain.policy.comparing import Equal
from domain.policy.names import RECORDS
from domain.policy.periods import Length
from domain.policy.records import NotMentioned
from domain.policy.routes import Route
from domain.policy.terms import Term
from domain.policy.verdict import Condition, Status
from domain.policy.when import ALWAYS, Recorded, When
from domain.refusals.sentences_by_code import refusal

if TYPE_CHECKING:
    from domain.policy.context import Context
    from domain.policy.facts import Facts
    from domain.policy.silent import Silent

TABLE = "table_not_supplied"
OF_THE_SPECIALTY = Recorded(
    list="work",
    properties=frozenset(RECORDS["work"]),
    like=When(equal=(Equal("relation", ("same", "close")),)),
)
"""Work of the specialty, or of one close to it."""


def not_supplied(table: Silent, facts: Facts) -> Condition:
    """The condition that cannot be answered.

    Whoever puts it to the table needs an education and work, so what of them is not mentioned is
    open; where that is assumed not to be in question, neither is the table without an education.
    """
    unsaid = frozenset(
        name
        for name, told in (("education", facts.education), ("work", facts.work))
        if isinstance(told, NotMentioned)
    )
    at_issue = not (facts.assumes_stated and "education" in unsaid)
    open_on = frozenset() if facts.assumes_stated else unsaid
    waits = Status.OPEN if open_on else Status.UNKNOWN
    return Condition(
        id=TABLE,
        chinese="学历与年限表",
        english="The table of education and years",
        status=waits if at_issue else Status.NOT_AT_ISSUE,
        citations=table.citations,
        refusal=(
            refusal("TABLE_NOT_SUPPLIED", table.citations, document=(table.document, table.english))
            if at_issue and not open_on
            else None
        ),
        open_on=open_on,
    )


def by_stated_years(table: Silent, facts: Facts, context: Context, years: int) -> Condition:
    """A requirement that a competent document states, in place of the missing table."""
    route = Route(
        id="stated_years",
        chinese="按主管文件所定年限",
        english="By the years that a competent document states",
        levels=(),
        kind="stated",
        case_types=(),
        when=ALWAYS,
        education=None,
        terms=(Term(needed=Length(years=years), where=OF_THE_SPECIALTY),),
        asks=(),
        exceptional=False,
        flags=(),
        citations=table.citations,
    )
    return take(route.under(), Basis(None), facts, context).condition
