"""A condition of the law as a pack writes it, and how it is put to the facts.

What a condition looks at is one of the named checks of ``checks``; the pack says which, with
what, when it applies, and what follows if it is not met.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, Protocol

from domain.policy.asking import read_when
from domain.policy.own_wording import OWN_WORDS, Wording, read_wording
from domain.policy.verdict import Condition, Status
from domain.policy.when import When
from domain.refusal import Citation
from domain.replacing import replace

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from domain.policy.computed import Computed
    from domain.policy.context import Context
    from domain.policy.facts import Facts
    from domain.policy.reading import Reader
    from domain.refusal import Refusal
    from domain.refusals.sentences_by_code import Words

NOTHING_MORE: Mapping[str, Words] = MappingProxyType({})
OTHERWISE: Mapping[str, Status] = {
    "refuse": Status.UNMET,
    "flag": Status.MET,
    "manual": Status.MANUAL,
    "undetermined": Status.UNKNOWN,
}
"""What follows from a condition that is not met; ``flag`` only marks the case."""


class Finding(NamedTuple):
    """What a check found: met, not met, or None where that turns on the facts of ``open_on``.

    ``code`` overrides the condition's own refusal code, but where the pack brings a sentence;
    ``specifics`` fill it.
    ``flags`` mark the case even where the check is met.
    """

    met: bool | None
    facts: tuple[str, ...] = ()
    computed: tuple[Computed, ...] = ()
    code: str | None = None
    specifics: Mapping[str, Words] = NOTHING_MORE
    flags: tuple[str, ...] = ()
    manual: bool = False
    borderline: bool = False
    next_on: date | None = None
    open_on: frozenset[str] = frozenset()


def unsaid(*names: str) -> Finding:
    """What is found where these facts are not mentioned."""
    return Finding(met=None, open_on=frozenset(names))


class Check(Protocol):
    """Something that looks at the facts."""

    def find(self, facts: Facts, context: Context) -> Finding:
        """Look at the facts at the reference date of the context."""


class NamedCheck(NamedTuple):
    """How a check is read, and which specifics it tells beside the condition's own words."""

    read: Callable[[Reader], Check]
    tells: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One condition of a pack; ``only_where_asked`` is one for the routes that ask for it."""

    id: str
    chinese: str
    english: str
    when: When
    check: Check
    refuses: Wording
    otherwise: str
    remedy: tuple[str, str] | None
    suggests: str | None
    citations: tuple[Citation, ...]
    only_where_asked: bool = False

    def put(self, facts: Facts, context: Context) -> Condition:
        """How the condition stands for these facts."""
        applies = self.when.applies(facts)
        if applies is False:
            return self._not_at_issue
        found = self.check.find(facts, context)
        if applies is None and found.met is not True:
            found = found._replace(met=None, open_on=found.open_on | self.when.open_on(facts))
        status = self._status(found, facts)
        fails = found.met is False
        marked = (
            (self.refuses.or_found(found.code).code,) if fails and self.otherwise == "flag" else ()
        )
        return replace(
            self._not_at_issue,
            status=status,
            facts=found.facts,
            computed=found.computed,
            refusal=self._refusal(found, status),
            flags=(*found.flags, *marked),
            borderline=found.borderline,
            next_on=found.next_on,
            open_on=found.open_on if status is Status.OPEN else frozenset(),
        )

    @cached_property
    def _not_at_issue(self) -> Condition:
        return Condition(
            id=self.id,
            chinese=self.chinese,
            english=self.english,
            status=Status.NOT_AT_ISSUE,
            citations=self.citations,
        )

    def _status(self, found: Finding, facts: Facts) -> Status:
        """What is open leaves the case open, unless it could only mark it."""
        if found.met is None:
            marks = self.otherwise == "flag" or facts.assumes_stated
            return Status.NOT_AT_ISSUE if marks else Status.OPEN
        if found.met:
            return Status.MET
        return Status.MANUAL if found.manual else OTHERWISE[self.otherwise]

    def _refusal(self, found: Finding, status: Status) -> Refusal | None:
        if status not in {Status.MANUAL, Status.UNMET, Status.UNKNOWN}:
            return None
        own = (self.chinese, self.english)
        refuses = self.refuses.or_found(found.code)
        words: dict[str, Words] = {"condition": own, "material": own, **found.specifics}
        if status is Status.MANUAL:
            return refuses.question(self.citations, {**words, "condition": own})
        return refuses.refusal(self.citations, words)


def read_rule(reader: Reader, checks: Mapping[str, NamedCheck]) -> Rule:
    """Read one ``[[conditions]]`` table; its ``check`` is one of the named checks."""
    name = reader.one_of("check", tuple(checks), "facts")
    known = reader.text("check", "facts") == name
    asked = reader if known else reader.hushed()
    refuses = read_wording(asked, OWN_WORDS | checks[name].tells)
    remedy = (reader.maybe_text("remedy_zh"), reader.maybe_text("remedy_en"))
    return Rule(
        id=reader.text("id"),
        chinese=reader.text("zh"),
        english=reader.text("en"),
        when=read_when(reader),
        check=checks[name].read(asked),
        refuses=refuses,
        otherwise=reader.one_of("otherwise", tuple(OTHERWISE), "refuse"),
        remedy=(remedy[0], remedy[1]) if remedy[0] and remedy[1] else None,
        suggests=reader.maybe_text("suggests"),
        only_where_asked=reader.flag("only_where_asked", default=False),
        citations=reader.citations(),
    )
