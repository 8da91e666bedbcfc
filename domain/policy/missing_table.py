"""Where the years stand in a text that was not supplied: undetermined, or as a document states."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.policy.assess_route import Basis, take
from domain.policy.comparing import Equal
from domain.policy.names import RECORDS
from domain.policy.periods import Length
from domain.policy.refusal_sentences import refusal
from domain.policy.routes import Route
from domain.policy.terms import Term
from domain.policy.verdict import Condition, Status
from domain.policy.when import ALWAYS, Recorded, When

if TYPE_CHECKING:
    from domain.policy.context import Context
    from domain.policy.facts import Facts
    from domain.policy.silent import Silent

OF_THE_SPECIALTY = Recorded(
    list="work",
    properties=frozenset(RECORDS["work"]),
    like=When(equal=(Equal("relation", ("same", "close")),)),
)
"""Work of the specialty, or of one close to it."""


def not_supplied(table: Silent, *, at_issue: bool) -> Condition:
    """The condition that cannot be answered; ``at_issue`` once an education is stated.

    At the door it always is.
    """
    return Condition(
        id="table_not_supplied",
        chinese="学历与年限表",
        english="The table of education and years",
        status=Status.UNKNOWN if at_issue else Status.NOT_AT_ISSUE,
        citations=table.citations,
        refusal=(
            refusal("TABLE_NOT_SUPPLIED", table.citations, document=(table.document, table.english))
            if at_issue
            else None
        ),
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
