"""What was granted to whom, out of what, and until when, as the leaves say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from audit.duties.leaf import LeafUnreadableError
from audit.duties.told import Things, Told
from audit.powers.topics import (
    GRANTED,
    PLACED,
    PROPOSED,
    REGISTERED,
    ROOT,
    ROOTED,
    WITHDRAWN,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from audit.duties.leaf import Leaf


@dataclass(slots=True)
class Granted:
    """One grant: who holds it, out of what, within which bounds.

    ``granted`` is the position at which it was confirmed, 0 where it never was; ``ends`` are the
    positions at which an end was entered, each with the first day in Beijing without it.
    ``by_two`` says that the one who confirmed it is not the one who proposed it.
    """

    grant: str
    holder: str
    source: str
    by: str
    power: Mapping[str, Any]
    proposer: str
    document: str
    granted: int = 0
    granted_on: str = ""
    by_two: bool = False
    ends: list[tuple[int, str]] = field(default_factory=list)

    def stood(self, position: int, day: str) -> bool:
        """Whether it stood when something was recorded at a position, on a day in Beijing."""
        if not 0 < self.granted < position or day < self.power["starts_on"]:
            return False
        last = self.power["last_day"]
        if last is not None and last < day:
            return False
        return all(position <= entered or day < ends_on for entered, ends_on in self.ends)

    def covers(self, kind: str, area: str, level: str | None, series: str | None) -> bool:
        """Whether an act of this kind lies within its bounds; None is not asked."""
        power = self.power
        return (
            bool(power["exercises"])
            and kind in (*power["bodies"], *power["affairs"])
            and _within(area, power["area"])
            and (level is None or not power["levels"] or level in power["levels"])
            and (series is None or not power["series"] or series in power["series"])
        )

    def narrower_than(self, source: Granted) -> bool:
        """Whether what was granted lies within what it was granted out of, as known then."""
        mine, theirs = self.power, source.power
        last = mine["last_day"]
        return (
            bool(theirs["passes_on"])
            and set(mine["bodies"]) <= set(theirs["bodies"])
            and set(mine["affairs"]) <= set(theirs["affairs"])
            and _within(mine["area"], theirs["area"])
            and _named_within(mine["levels"], theirs["levels"])
            and _named_within(mine["series"], theirs["series"])
            and mine["starts_on"] >= theirs["starts_on"]
            and (theirs["last_day"] is None or (last is not None and last <= theirs["last_day"]))
            and all(
                self.granted <= entered or (last is not None and last < ends_on)
                for entered, ends_on in source.ends
            )
        )


@dataclass
class Grants:
    """Everything that the leaves say of powers, and of where organisations lie.

    ``ends`` are those of the grants, by grant: an end counts wherever it stands. Grants are few, as
    two officials make each, and always at hand; where organisations lie is not.
    """

    root: str = ""
    rooted: int = 0
    grants: dict[str, Granted] = field(default_factory=dict)
    ends: dict[str, list[tuple[int, str]]] = field(default_factory=lambda: defaultdict(list))
    areas: Things[tuple[tuple[int, str], ...]] = field(
        default_factory=lambda: Things(Told(), "area", _areas)
    )

    @classmethod
    def of(cls, leaves: Iterable[Leaf]) -> Grants:
        """What these leaves say, in order of position."""
        grants = cls()
        for leaf in leaves:
            grants.hear(leaf)
        return grants

    def hear(self, leaf: Leaf) -> None:
        """The next leaf. Raises ``LeafUnreadableError`` where it lacks what its topic needs."""
        try:
            self._hear(leaf)
        except (KeyError, TypeError) as error:
            msg = f"the event at position {leaf.position} does not say what its topic needs"
            raise LeafUnreadableError(msg) from error

    def _hear(self, leaf: Leaf) -> None:
        fields = leaf.fields
        if leaf.topic in (REGISTERED, PLACED):
            self.areas.hear(leaf.stream, leaf, "area")
        elif leaf.topic == ROOTED and leaf.stream == ROOT and not self.root:
            if fields["first"] != fields["second"]:
                self.root, self.rooted = fields["organisation"], leaf.position
        elif leaf.topic == PROPOSED:
            self.grants.setdefault(
                fields["grant"],
                Granted(
                    grant=fields["grant"],
                    holder="organisation-" + leaf.stream.removeprefix("authority-"),
                    source=fields["source"],
                    by=fields["by"],
                    power=fields["power"],
                    proposer=leaf.person,
                    document=fields["document"],
                    ends=self.ends[fields["grant"]],
                ),
            )
        elif leaf.topic == GRANTED and fields["grant"] in self.grants:
            known = self.grants[fields["grant"]]
            if not known.granted and _stream_of(known.holder) == leaf.stream:
                known.granted, known.granted_on = leaf.position, leaf.day
                known.by_two = bool(leaf.person) and leaf.person != known.proposer
        elif leaf.topic == WITHDRAWN:
            self.ends[fields["grant"]].append((leaf.position, fields["ends_on"]))

    def area_of(self, organisation: str, position: int) -> str:
        """Where an organisation lay when something was recorded. Raises ``KeyError``."""
        known = [area for placed, area in self.areas.of(organisation) if placed < position]
        if not known:
            raise KeyError(organisation)
        return known[-1]

    def chain(self, grant: str) -> list[Granted] | None:
        """The grant, the one that it came from, and so on up to the root's.

        None where one of them was not rightly made: not by two persons, not out of what its
        grantor held then and might pass on, or wider than that.
        """
        chain: list[Granted] = []
        seen: set[str] = set()
        name = grant
        while name != ROOT:
            here = self.grants.get(name)
            if here is None or name in seen or not here.granted or not here.by_two:
                return None
            seen.add(name)
            chain.append(here)
            if here.source == ROOT:
                if here.by != self.root or not 0 < self.rooted < here.granted:
                    return None
            elif not self._passed_on(here):
                return None
            name = here.source
        return chain

    def _passed_on(self, here: Granted) -> bool:
        source = self.grants.get(here.source)
        return (
            source is not None
            and source.holder == here.by
            and source.stood(here.granted, here.granted_on)
            and here.narrower_than(source)
        )


def _areas(leaves: Iterable[Leaf]) -> tuple[tuple[int, str], ...]:
    """Where an organisation lay, each since a position."""
    return tuple((each.position, each.fields["area"]) for each in leaves)


def _stream_of(organisation: str) -> str:
    return "authority-" + organisation.removeprefix("organisation-")


def _within(area: str, wider: str) -> bool:
    return wider in ("", area) or area.startswith(f"{wider}/")


def _named_within(words: Iterable[str], bounds: Iterable[str]) -> bool:
    named, limit = set(words), set(bounds)
    return not limit or (bool(named) and named <= limit)
