"""The resources under ``/v1`` and the few addresses beside them, one module each.

Here belongs what an operation reads from its request and how its answer looks.
Here never belongs a decision: a view hands a command to ``api.application`` or asks a view of
``projections``.
A module offers ``blueprint``; ``RESOURCES`` is the one list of them.
"""

from api.conventions.blueprint import Blueprint
from api.http import case_list, cases, materials, password, reviews, sessions

RESOURCES: tuple[Blueprint, ...] = (
    sessions.blueprint,
    password.blueprint,
    case_list.blueprint,
    cases.blueprint,
    materials.blueprint,
    reviews.blueprint,
)
