"""Through whose hands the secret of an account went, as its own leaves say."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from audit.duties.topics import RELEASED, SECRET_GIVEN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from audit.duties.leaf import Leaf

_FIRST, _SECOND = "first", "second"
_ISSUER = "issuer"


@dataclass(slots=True)
class Secrets:
    """What opened one account, each since a position, by its means, out of which hands.

    ``begun`` holds, by its means, who gave a first part.
    """

    given: list[tuple[int, str, tuple[str, ...]]] = field(default_factory=list)
    begun: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, leaves: Iterable[Leaf]) -> Secrets:
        """What these leaves of an account make of it, in order of position."""
        secrets = cls()
        for leaf in leaves:
            secrets.hear(leaf)
        return secrets

    def hear(self, leaf: Leaf) -> None:
        """One more leaf of the account. Raises ``KeyError`` for one that lacks what it needs."""
        if leaf.topic == RELEASED:
            self.given.append((leaf.position, _ISSUER, ()))
        if leaf.topic != SECRET_GIVEN:
            return
        means, part = str(leaf.fields["means"]), leaf.fields["part"]
        giver = leaf.person
        first = self.begun.pop(means, "")
        if part == _FIRST:
            self.begun[means] = giver
            return
        hands = (first, giver) if part == _SECOND else (giver,)
        self.given.append((leaf.position, means, tuple(filter(None, hands))))

    def hands(self, at: int) -> frozenset[str]:
        """Everybody who had given any of what opened the account at a position."""
        in_force = {means: hands for since, means, hands in self.given if since <= at}
        return frozenset(each for hands in in_force.values() for each in hands)
