"""By what right each act was done: the chain of grants to the root, as of the act's position.

``GRANTED``: the act names a grant of the organisation that acted, which stood then, covers what
the act is about, and came from the root by grants that were rightly made.
``OWN_HOUSE``: an employer acts at its own stage, for which it needs no grant.
A stage that was taken over is another organisation's from then on, and whoever takes it over needs
the power to be its body as well.
``WITHOUT_POWER``: anything else. Missing evidence is never ``GRANTED``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from audit.duties.leaf import LeafUnreadableError
from audit.powers.grants import Granted
from audit.powers.topics import (
    AFFAIRS,
    AT_A_STAGE,
    EMPLOYER,
    FORWARDED,
    OPENED,
    RESCINDED,
    RESUBMITTED,
    SUBMITTED,
    TAKEN_OVER,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from audit.duties.leaf import Leaf
    from audit.powers.grants import Grants


WITHOUT_POWER = "WITHOUT_POWER"


@dataclass(frozen=True, slots=True)
class Right:
    """By what right the act at a position was done.

    ``organisation`` is the office that acted, ``kind`` the body or the affair, ``chain`` the
    grants from the one that the act rests on to the one that came from the root.
    """

    position: int
    topic: str
    organisation: str
    kind: str
    verdict: str
    chain: tuple[Granted, ...] = ()


@dataclass
class _About:
    """What the acts on a case are about, as its own leaves say."""

    employer: str = ""
    level: str = ""
    series: str = ""
    stage: str = ""
    bodies: dict[str, tuple[str, str]] | None = None

    def hear(self, leaf: Leaf) -> None:
        fields = leaf.fields
        if leaf.topic == OPENED:
            self.employer = fields["employer"]
            self.level, self.series = fields["level"], fields["series"]
        elif leaf.topic == SUBMITTED and self.bodies is None:
            chain = fields["chain"]
            self.bodies = {one["stage"]: (one["body"], one["organisation"]) for one in chain}
            self.stage = chain[0]["stage"]
        elif leaf.topic == RESUBMITTED:
            self.stage = fields["resume_stage"]
        elif leaf.topic == RESCINDED:
            self.stage = fields["stage"]
        elif leaf.topic == TAKEN_OVER and self.bodies is not None:
            body, _ = self.bodies[fields["stage"]]
            self.bodies[fields["stage"]] = (body, fields["to_organisation"])


def rights_in_case(case: Iterable[Leaf], grants: Grants) -> list[Right]:
    """By what right each act at a stage of the case was done, in order of position.

    Raises ``LeafUnreadableError`` for a leaf that does not say what its topic needs.
    """
    about, found = _About(), list[Right]()
    for leaf in case:
        try:
            about.hear(leaf)
            if leaf.topic in AT_A_STAGE and leaf.actor.get("type") == "account":
                found.append(_at_stage(leaf, about, grants))
            if leaf.topic == FORWARDED:
                about.stage = leaf.fields["to_stage"]
        except (KeyError, IndexError, TypeError) as error:
            msg = f"the event at position {leaf.position} does not say what its topic needs"
            raise LeafUnreadableError(msg) from error
    return found


def rights_in_affairs(leaves: Iterable[Leaf], grants: Grants) -> Iterator[Right]:
    """By what right each act of an office that deals with an affair was done.

    Of the bounds, those are asked that the acting organisation's own grant has to have: the kind,
    the time, and whence it came. What each is about, the case's own proof asks.
    """
    for leaf in leaves:
        kind = AFFAIRS.get(leaf.topic)
        if kind is not None and leaf.actor.get("type") == "account":
            yield _right(leaf, str(leaf.actor.get("organisation")), kind, grants, None)


def _at_stage(leaf: Leaf, about: _About, grants: Grants) -> Right:
    assert about.bodies is not None
    stage = leaf.fields.get("stage") or leaf.fields.get("from_stage") or about.stage
    body, organisation = about.bodies[stage]
    if leaf.topic == TAKEN_OVER:
        organisation = leaf.fields["by_organisation"]
    elif body == EMPLOYER:
        return Right(leaf.position, leaf.topic, organisation, body, "OWN_HOUSE")
    area = grants.area_of(about.employer, leaf.position)
    matter = (area, about.level, about.series)
    return _right(leaf, organisation, body, grants, matter)


def _right(
    leaf: Leaf, organisation: str, kind: str, grants: Grants, matter: tuple[Any, ...] | None
) -> Right:
    grant = grants.grants.get(str(leaf.actor.get("power")))
    verdict, chain = WITHOUT_POWER, None
    if grant is not None and grant.holder == organisation:
        where = matter if matter is not None else (grant.power["area"], None, None)
        if grant.stood(leaf.position, leaf.day) and grant.covers(kind, *where):
            chain = grants.chain(grant.grant)
    if chain is not None:
        verdict = "GRANTED"
    return Right(leaf.position, leaf.topic, organisation, kind, verdict, tuple(chain or ()))
