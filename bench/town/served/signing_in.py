"""What is tried at the door itself: strangers guess at a password, and its holder signs in."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from bench.town.served.town import ServedTown
    from bench.town.town import Choose, Town

_ELSEWHERE = tuple(f"203.0.113.{number}" for number in range(1, 6))
_GUESSES = 6
"""From each address one more than are free, and from all together more than are at one account."""


def somebody_who_is_guessed_at_signs_in(town: Town, choose: Choose) -> None:
    """Whoever guesses comes to nothing; the holder, where they did before, is let in at once."""
    served = cast("ServedTown", town)
    account = choose(tuple(served.accounts))
    for address in _ELSEWHERE:
        for _ in range(_GUESSES):
            served.door.guess(account, address)
    served.door.sign_in(account)
