"""Running worked examples against the laws at hand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from domain.policy.examples.answers import answer
from domain.policy.examples.compare import differences
from domain.policy.examples.facts import ExampleError
from domain.policy.examples.spelling import faults_of, unquoted
from domain.policy.faults import Fault, at, close_to, listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from domain.calendar import Calendar
    from domain.policy.law import Law

ANY_LOCALITY = "ALL"


@dataclass(frozen=True, kw_only=True)
class Result:
    """How one example came out; without differences it passed.

    ``remarks`` name facts that no law asks for: as if they were not stated.
    """

    id: str
    locality: str
    differences: tuple[Fault, ...]
    remarks: tuple[Fault, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether every key of the expectation was met."""
        return not self.differences


def assuming(held: object, examples: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The examples of a file with what its top says of facts that are not mentioned.

    It is one of the facts then, so that it goes wherever they go.
    """
    assumed = {"assume": held["assume"]} if isinstance(held, dict) and "assume" in held else {}
    return [_assuming({**assumed, **each}) for each in examples]


def _assuming(example: dict[str, Any]) -> dict[str, Any]:
    facts = example.get("facts")
    if "assume" not in example or not isinstance(facts, dict):
        return example
    return {**example, "facts": {"assume": example["assume"], **facts}}


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
    names = [law.id for law in at_hand]
    raise ExampleError(
        "locality",
        f"'{locality}' is not among the packs at hand ({listed(names, 'en')}); not run",
        f"「{locality}」的政策包不在所给的（{listed(names, 'zh')}）之中，未运行",
        close_to([locality], names),
    )


def examine(example: Mapping[str, Any], laws: Sequence[Law], calendar: Calendar) -> Result:
    """Run one example, unless something in it is misspelt: then that is the difference."""
    result = run_example(example, laws, calendar)
    try:
        found = faults_of(example, law_of(result.locality, laws))
    except ExampleError:
        return result
    grave = tuple(each for each in found if each.grave)
    remarks = tuple(each for each in found if not each.grave)
    return replace(result, differences=grave or result.differences, remarks=remarks)


def run_example(example: Mapping[str, Any], laws: Iterable[Law], calendar: Calendar) -> Result:
    """Run one example and compare every key of what it expects."""
    name, locality = str(example.get("id", "?")), str(example.get("locality", ANY_LOCALITY))
    try:
        law = law_of(locality, list(laws))
        found = list(unquoted(example, law))
        if not found:
            facts = _assuming(dict(example))["facts"]
            answers = answer(str(example["kind"]), facts, law, calendar)
            found = differences(example["expect"], answers, calendar)
    except ExampleError as wrong:
        found = [wrong.fault]
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        found = [at("facts", "are not written as this kind asks", "没有按这种算例的写法填写")]
    return Result(id=name, locality=locality, differences=tuple(found))
