"""The resources under ``/v1`` and the few addresses beside them, one module each.

Here belongs what an operation reads from its request and how its answer looks.
Here never belongs a decision: a view hands a command to ``api.application`` or asks a view of
``projections``.
A module offers ``blueprint``; ``RESOURCES`` is the one list of them.
"""

from api.conventions.blueprint import Blueprint
from api.http import (
    accounts,
    appointments,
    case_list,
    cases,
    materials,
    organisations,
    password,
    progress,
    reviews,
    sessions,
)

RESOURCES: tuple[Blueprint, ...] = (
    sessions.blueprint,
    password.blueprint,
    organisations.blueprint,
    appointments.blueprint,
    accounts.blueprint,
    case_list.blueprint,
    cases.blueprint,
    materials.blueprint,
    reviews.blueprint,
    progress.blueprint,
)
