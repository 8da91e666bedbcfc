"""Lists of applicants that were taken in (批量开立账号), and how far their accounts have come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from domain.account.intake import IntakeTaken
from projections.accounts import accounts
from projections.offices import at_offices
from projections.table import Table
from projections.view import View

if TYPE_CHECKING:
    from collections.abc import Iterable

    from psycopg import Connection

    from projections.fact import Fact
    from projections.listing import Gathered
    from projections.page import Page
    from projections.scope import Scope

MOVED = "moved"
"""The state of an account that has left the organisation of its list."""


@dataclass(slots=True, kw_only=True)
class Intake:
    """One list; ``accounts`` are those of all its rows, ``existing`` were there before it."""

    intake: str
    organisation: str
    format: str
    rows: int
    accounts: tuple[str, ...]
    existing: int
    taken_at: datetime
    taken_by: str | None
    version: int
    position: int


intakes = Table(
    "intake", Intake, key=("intake",), indexes=("(position)", "(organisation, position)")
)
view = View("intakes", 1, (intakes,))


@view.on(IntakeTaken)
def _taken(fact: Fact, page: Page) -> None:
    existing = fact.words("existing")
    page.rows(intakes).put(
        Intake(
            intake=fact.stream,
            organisation=fact["organisation"],
            format=fact["format"],
            rows=fact["rows"],
            accounts=(*fact.words("opened"), *existing),
            existing=len(existing),
            taken_at=fact.at,
            taken_by=fact.account,
            version=fact.version,
            position=fact.position,
        )
    )


def visible(scope: Scope) -> Gathered[Intake]:
    """The lists of organisations that ``scope`` shows, the newest first."""
    return at_offices(intakes, scope, [], ("position",))


_STATES = f"""
    SELECT intake.intake, account.account,
           CASE WHEN account.organisation IS NOT DISTINCT FROM intake.organisation
                THEN account.state ELSE '{MOVED}' END
    FROM {{intakes}} JOIN {{accounts}} ON account.account = ANY (intake.accounts)
    WHERE intake.intake = ANY (%s)
"""


def states(connection: Connection[Any], asked: Iterable[str]) -> dict[str, dict[str, str]]:
    """How each account of some lists stands now, by list and account: opened, active, …."""
    found: dict[str, dict[str, str]] = {each: {} for each in asked}
    query = _STATES.format(intakes=intakes.source, accounts=accounts.source)
    for intake, account, state in connection.execute(query, (list(found),)):
        found[intake][account] = state
    return found
