"""A follower of a site's views, as each release of the program runs it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg import Connection

from bench.site import GROUND
from projections.follow import Follower
from projections.schema import look_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bench.rebuild import InventedKeys
    from projections.advance import StoppedError
    from projections.follow import Bell
    from projections.view import View


class _Silent:
    """A watcher that needs not be told."""

    def began(self, views: Sequence[str]) -> None:
        """Nothing."""

    def led(self) -> None:
        """Nothing."""

    def advanced(self, events: int) -> None:
        """Nothing."""

    def stopped(self, error: StoppedError) -> None:
        """Nothing stops in an invented province."""
        raise error

    def faltered(self, error: Exception) -> None:
        """The server stays."""
        raise error


def following(url: str, record: InventedKeys, bell: Bell, views: Sequence[View]) -> Follower:
    """A follower of the site's views."""
    return Follower(partial(looking, url), record, bell, views, _Silent())


def looking(url: str) -> Connection[Any]:
    """A connection that looks at the views of a site."""
    connection = psycopg.connect(url, autocommit=True)
    look_at(connection, GROUND.views)
    return connection
