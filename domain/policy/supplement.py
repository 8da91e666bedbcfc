"""What of a supplement binds a case under way: its part, as an edition over that of the case.

A part is a document of its own, so that what bound a case stands on record word for word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from domain.policy import writing
from domain.policy.addresses import addresses, at_path, entry_of, rules_within
from domain.policy.binding import BINDS, Binding, binding_of
from domain.policy.edition import CHANGED, DROPPED, spoken_of, supplements
from domain.policy.faults import PackError
from domain.policy.following import layered
from domain.policy.loader import Document, load_law, table_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from domain.policy.faults import Fault
    from domain.policy.law import Law

BOUND = frozenset({Binding.UNDER_WAY})
"""What binds every case under way."""
AT_BEST = BOUND | {Binding.BETTER}
"""What binds a case under way for which it is better."""
_ITSELF = ("pack", "rules", "set_aside", "refusals", "unconfirmed", BINDS)
"""What a part says otherwise, or not at all."""


def bindings(table: Mapping[str, Any]) -> Iterator[tuple[str, Binding]]:
    """Each value of a supplement by its address, and which cases it binds; of no other edition."""
    if supplements(table):
        yield from ((address, binding_of(table, address)) for address in spoken_of(table))


def parts(
    documents: Sequence[Document], over: int, binds: Collection[Binding]
) -> tuple[Document, ...]:
    """The parts that bind a case whose law are the first ``over`` documents of a pack.

    All documents above those are supplements; one of which nothing binds so leaves no part.
    """
    found, beneath = list[Document](), _version(documents[over - 1])
    for upto in range(over + 1, len(documents) + 1):
        supplement = documents[upto - 1]
        if part := _part(documents[:upto], binds, beneath):
            found.append(Document(f"{supplement.name}:{'+'.join(sorted(binds))}", part))
            beneath = _version(supplement)
    return tuple(found)


def ill_fitting(law: Law) -> tuple[Fault, ...]:
    """Why a part of the supplements in a law can't lie over an edition that a case may stand under.

    Such as what changes for cases under way a value that is new for filings alone.
    """
    default, *texts = (Document(*each) for each in law.texts)
    own = len(law.earlier) + 1
    found: dict[tuple[int, tuple[str, ...]], tuple[Document, ...]] = {}
    for over in _beneath(texts[:own]):
        for binds in (AT_BEST, BOUND):
            bound = parts(texts[:own], over, binds)
            found |= {(over, tuple(each.text for each in bound)): bound} if bound else {}
    faults: list[Fault] = []
    for (over, _), bound in found.items():
        try:
            load_law(default, texts[0], (*texts[1:over], *bound, *texts[own:]))
        except PackError as wrong:
            faults += wrong.faults
    return tuple(dict.fromkeys(faults))


def _beneath(documents: Sequence[Document]) -> Iterator[int]:
    """How many documents lie beneath, where all that lies above are supplements."""
    for over in range(len(documents) - 1, 0, -1):
        if not supplements(table_of(documents[over])):
            return
        yield over


def _part(documents: Sequence[Document], binds: Collection[Binding], beneath: int) -> str | None:
    """The text of the last document's part; None where nothing of it binds so."""
    table = table_of(documents[-1])
    bound = [each for each in spoken_of(table) if binding_of(table, each) in binds]
    if not bound:
        return None
    (whole,) = layered(((each.name, table_of(each)) for each in documents), [])
    there = addresses(whole.table)
    held = [at_path(whole.table, there[e]) for e in map(entry_of, bound) if e in there]
    rules, header = set(rules_within(held)), table["pack"]
    named = {"id": header["id"], "version": beneath}
    kept = {
        "pack": {**header, "supplements": named},
        "rules": {name: each for name, each in table.get("rules", {}).items() if name in rules},
        **{name: _kept(name, said, bound) for name, said in table.items() if name not in _ITSELF},
    }
    return writing.document({name: each for name, each in kept.items() if each})


def _kept(section: str, said: Any, bound: Collection[str]) -> Any:  # noqa: ANN401 -- any section
    """What a part says in a section: that which is bound."""
    if section in (CHANGED, DROPPED):
        return {address: each for address, each in said.items() if address in bound}
    if section == "facts":
        return {name: each for name, each in said.items() if f"facts.{name}" in bound}
    if isinstance(said, list):
        return [each for each in said if f"{section}[{each.get('id')}]" in bound]
    return said if section in bound else None


def _version(document: Document) -> int:
    header: Mapping[str, Any] = table_of(document)["pack"]
    return int(header["version"])
