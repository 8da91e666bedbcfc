"""Running worked examples against the laws at hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from domain.policy.examples.answers import answer
from domain.policy.examples.compare import differences
from domain.policy.examples.facts import ExampleError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from domain.calendar import Calendar
    from domain.policy.law import Law

ANY_LOCALITY = "ALL"


@dataclass(frozen=True, kw_only=True)
class Result:
    """How one example came out; without differences it passed."""

    id: str
    locality: str
    differences: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Whether every key of the expectation was met."""
        return not self.differences


def law_of(locality: str, laws: Iterable[Law]) -> Law:
    """The law whose id is ``locality`` or whose rules carry that prefix (``AB-01``).

    An example for ``ALL`` asks any of them. Raises ``ExampleError`` when none is at hand.
    """
    at_hand = list(laws)
    for law in at_hand:
        own = law.whole.header.id
        prefixes = {
            rule.split("-")[0]
            for rule, quoted in law.rules.items()
            if quoted.citation.source == own
        }
        if locality in {ANY_LOCALITY, own} or locality in prefixes:
            return law
    names = ", ".join(law.id for law in at_hand)
    msg = (
        f"locality: {locality!r} 的政策包不在所给的（{names}）之中，未运行"
        f" / no pack at hand for {locality!r} among {names}"
    )
    raise ExampleError(msg)


def run_example(example: Mapping[str, Any], laws: Iterable[Law], calendar: Calendar) -> Result:
    """Run one example and compare every key of what it expects."""
    name, locality = str(example.get("id", "?")), str(example.get("locality", ANY_LOCALITY))
    try:
        law = law_of(locality, list(laws))
        _rules_are_quoted(example, law)
        answers = answer(str(example["kind"]), example["facts"], law, calendar)
        found = differences(example["expect"], answers, calendar)
    except (ExampleError, KeyError) as wrong:
        found = [f"cannot be run: {wrong}"]
    return Result(id=name, locality=locality, differences=tuple(found))


def _rules_are_quoted(example: Mapping[str, Any], law: Law) -> None:
    own = {rule.split("-")[0] for rule in law.rules}
    for rule in example.get("rules", ()):
        if rule.split("-")[0] in own and rule not in law.rules:
            msg = f"rules: {rule} is not quoted in {law.id}"
            raise ExampleError(msg)
