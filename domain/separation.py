"""Separation of duties: who may not review what together with whom.

Compared are persons, never accounts: two accounts, or two documents, of one human being
are one person.
The rules that a notice gives are cited from its pack; where it is silent they are the
house rule (A-14) and shown as such.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from domain.account.events import Role
from domain.refusal import Citation, Refusal
from domain.refusals.sentences_by_code import refusal

if TYPE_CHECKING:
    from collections.abc import Iterable

HANDLER = "handler"
LEADER = "leader"
INTEGRITY_HANDLER = "integrity_handler"
INTEGRITY_LEADER = "integrity_leader"
DUTY_OFFICER = "duty_officer"

REVIEWING_SEATS = frozenset({HANDLER, LEADER})
WATCHING_ROLES = frozenset({Role.AUDITOR, Role.INSPECTOR, Role.SYSTEM_ADMINISTRATOR})
SEATS: Mapping[str, str] = {
    HANDLER: "经办人",
    LEADER: "领导",
    INTEGRITY_HANDLER: "诚信管理经办人",
    INTEGRITY_LEADER: "诚信管理领导",
    DUTY_OFFICER: "值守人员",
}
"""Every seat, with what its holder is called."""
_OPPOSITE = {
    HANDLER: LEADER,
    LEADER: HANDLER,
    INTEGRITY_HANDLER: INTEGRITY_LEADER,
    INTEGRITY_LEADER: INTEGRITY_HANDLER,
}


def opposite(seat: str) -> str | None:
    """The seat whose holder must be another person; None for a seat that stands alone."""
    return _OPPOSITE.get(seat)


class CitingLaw(Protocol):
    """What a policy pack can tell of the words behind a refusal, and of those it quotes."""

    @property
    def rules(self) -> Mapping[str, object]:
        """Each rule that is quoted, by its id."""

    def behind(self, code: str) -> tuple[Citation, ...]:
        """The rules on which a refusal of this code rests; none where nothing is written."""

    def cite(self, *rule_ids: str) -> tuple[Citation, ...]:
        """The words of rules. Raises ``KeyError`` for one that is not quoted."""


@dataclass(frozen=True)
class Humans:
    """Which persons of the record are one human being: the links, transitively.

    ``linked`` maps each person to those with whom an unrevoked link stands.
    """

    linked: Mapping[str, frozenset[str]]
    _circles: dict[str, frozenset[str]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    """Those that were asked for."""

    def circle(self, person: str) -> frozenset[str]:
        """All persons of the record that are the same human being as ``person``."""
        known = self._circles.get(person)
        if known is None:
            known = self._circles[person] = self._reached_from(person)
        return known

    def _reached_from(self, person: str) -> frozenset[str]:
        seen = {person}
        waiting = [person]
        while waiting:
            for other in self.linked.get(waiting.pop(), frozenset()):
                if other not in seen:
                    seen.add(other)
                    waiting.append(other)
        return frozenset(seen)

    def same(self, one: str, other: str) -> bool:
        """Whether two persons of the record are one human being."""
        return one == other or other in self.circle(one)

    def among(self, person: str, others: Iterable[str]) -> bool:
        """Whether one of ``others`` is the same human being as ``person``."""
        return not self.circle(person).isdisjoint(others)


def same_reviewer(law: CitingLaw) -> Refusal:
    """One person can't be handler and leader (XW-23)."""
    return refusal("SAME_REVIEWER", law.behind("SAME_REVIEWER"))


def self_review(law: CitingLaw) -> Refusal:
    """An applicant reviews nothing in their own case (XW-25)."""
    return refusal("SELF_REVIEW", law.behind("SELF_REVIEW"))


def handler_first(law: CitingLaw) -> Refusal:
    """The leader decides only after the handler's opinion of the same round."""
    return refusal("HANDLER_FIRST", law.behind("HANDLER_FIRST"))


def no_official(pointer: str) -> Refusal:
    """Who acts in a seat does so through an official's account."""
    return Refusal(
        "NOT_AN_OFFICIAL",
        "该账号没有「工作人员」角色，不能担任审查岗位。",
        "The account is not an official's, so it can't hold a seat.",
        pointer=pointer,
    )


def watcher_seated(pointer: str) -> Refusal:
    """Who watches over cases, through any account, reviews none."""
    return Refusal(
        code="WATCHER_HOLDS_NO_SEAT",
        chinese="审计、纪检和系统管理人员不得担任审查岗位。",
        english="Auditors, inspectors and system administrators hold no reviewing seat.",
        pointer=pointer,
    )
