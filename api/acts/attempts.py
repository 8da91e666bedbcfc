"""How an act is decided again where others were faster, until it is recorded."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from api.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from api.acts.acting import Answer
    from api.acts.desk import Desk

ATTEMPTS = 4
"""How often an act may be overtaken before the others are kept waiting for it."""


def until_recorded(desks: Iterator[Desk], attempt: Callable[[Desk], Answer | None]) -> Answer:
    """What came of the first attempt that nobody overtook; None is one that was overtaken.

    Each is made on a desk of its own. From the last one on nobody else appends until it is
    through, so whoever is slower than all others is served as well.
    Raises the problem ``BUSY`` where that could not be kept up.
    """
    for desk in islice(desks, ATTEMPTS):
        if (answer := attempt(desk)) is not None:
            return answer
    with desk.record.undisturbed():
        if (answer := attempt(next(desks))) is not None:
            return answer
    raise Problem("BUSY", headers={"Retry-After": "1"})
