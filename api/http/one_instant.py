"""The rows of a list as they all were at one instant, however long a file is made of them."""

from __future__ import annotations

import pickle
from contextvars import ContextVar
from typing import TYPE_CHECKING, TypeVar

from api.problems import Problem
from api.services import services
from audit.files.spool import Spool

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from projections.listing import Gathered, Listing

Found = TypeVar("Found")

_AT_ONCE = 1_000
READING: ContextVar[Callable[[int], None]] = ContextVar("reading", default=lambda _: None)
"""Who hears how many rows were found at a time, and may end it by raising."""


def pages_of(
    listing: Listing[Found] | Gathered[Found], most: int | None = None
) -> Iterator[list[Found]]:
    """Every row, page by page; ``most`` of them, None where there may be any number.

    They wait in a nameless temporary file, so that no connection is held while a file is made of
    them. Raises the problem ``EXPORT_TOO_LARGE``.
    """
    spool = Spool()
    file = spool.file
    for page in _pages(listing, most):
        pickle.dump(page, file)
    end = file.tell()
    file.seek(0)
    while file.tell() < end:
        yield pickle.load(file)  # noqa: S301 -- what was written above


def _pages(listing: Listing[Found] | Gathered[Found], most: int | None) -> Iterator[list[Found]]:
    count, behind = 0, None
    with services().views.instant() as connection:
        while page := listing.page(connection, behind=behind, limit=_AT_ONCE):
            count += len(page)
            if most is not None and count > most:
                raise Problem("EXPORT_TOO_LARGE")
            READING.get()(len(page))
            yield page
            behind = [getattr(page[-1], name) for name in listing.place]
