"""What taking a matter over asks, with what the register says of the organisation that is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.acts import relation
from api.acts.desk import known
from domain.takeover import TakeMatterOver

if TYPE_CHECKING:
    from collections.abc import Collection

    from api.acts.desk import Desk
    from domain.organisation.state import Organisation
    from domain.takeover import TakeoverCause


def named(desk: Desk, organisation: str | None) -> Organisation:
    """The organisation that is named; the caller's own where none is."""
    own = desk.house
    named = own if organisation is None else desk.organisation(organisation)
    return known(named, "ORGANISATION_UNKNOWN")


def command(
    desk: Desk,
    new: Organisation,
    cause: TakeoverCause,
    document: str,
    *,
    office: str | None,
    above: Collection[str],
    kept_from: Collection[str | None],
    able: bool,
) -> TakeMatterOver:
    """Taking a matter over for ``new``, from an office, as one of those ``above`` it.

    ``kept_from`` are organisations that never get it; ``able`` says that the new one has the power.
    """
    own = desk.house.organisation
    beneath = own in {each.organisation for each in relation.above(desk, new)}
    within = {*above, *([new.organisation] if beneath else [])} - set(kept_from)
    return TakeMatterOver(
        by=own,
        organisation=new.organisation,
        cause=cause,
        document=document,
        office=office,
        above=above,
        within_reach=within,
        able=able,
    )
