"""Objections, a revocation, the record and what it bars, criticism, an inspector's look, erasure.

Organisations and people are invented; the notices of both cities are the real ones.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.demo import founding
from api.demo.discipline import (
    cast,
    criticism,
    erasure,
    exchange,
    looking,
    objections,
    revocation,
)
from api.demo.empowering import empower
from api.demo.registering import open_account, seat

if TYPE_CHECKING:
    from api.demo.stage import Stage


def discipline(stage: Stage) -> None:
    """From an objection in May 2024 to the end of a record in June 2027."""
    founding.found(stage, cast.HOUSES)
    # who erases is over all places where the person was: two cities, so the province's area
    empower(stage, "bureau", "湖南省", (), ("erasure",))
    administrator = stage.people["bureau-admin"]
    for seat_name, officer in cast.OFFICERS.items():
        open_account(stage, administrator, officer, "bureau")
        seat(stage, administrator, officer.key, seat_name)
    open_account(stage, stage.administrator, cast.INSPECTOR, "watchers")
    for newcomer in (cast.CHEAT, cast.HONEST, cast.LEAVER):
        open_account(stage, stage.people["company-admin"], newcomer, "company")
    objections.tell(stage)
    revocation.tell(stage)
    criticism.tell(stage)
    looking.tell(stage)
    exchange.tell(stage)
    erasure.tell(stage)
    revocation.expire(stage)
