"""What has to be settled before an edition can be law: values to be confirmed, words for them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from domain.policy.addresses import addresses, at_path
from domain.policy.faults import at, listed, shown
from domain.policy.whereabouts import Whereabouts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.policy.edition import Layered
    from domain.policy.faults import Fault
    from domain.policy.law import Law

_WITHOUT_RULE = ("pack", "rules", "facts", "refusals")
"""Sections whose values rest on no rule."""


def unsettled(law: Law) -> tuple[Fault, ...]:
    """Each of them, with document and line; none for a pack that follows no other.

    A value that nobody has confirmed, and one that an edition changes while what it rests on is
    still the earlier notice's words.
    """
    places = Whereabouts(law.texts)
    found = [
        fault
        for layer in places.layers
        for told in (_unconfirmed(layer), _on_old_words(layer))
        for fault in told
    ]
    return tuple(map(places.exactly, found))


def _unconfirmed(layer: Layered) -> Iterator[Fault]:
    there = addresses(layer.table)
    for address, note in layer.unconfirmed.items():
        value = shown(at_path(layer.table, there[address])).strip('"')
        yield at(
            address,
            f"to be confirmed: is {value}; compare it with the notice, then take its line out of"
            " [unconfirmed]",
            f"待核对：现为 {value}，{note}；与通知核对无误后，删去 [unconfirmed] 里的这一行",
        )


def _on_old_words(layer: Layered) -> Iterator[Fault]:
    own, told, there = str(layer.table["pack"]["id"]), set[str](), addresses(layer.table)
    for address, pack in layer.written.items():
        section, _, rest = address.partition("[")
        entry = f"{section}[{rest.partition(']')[0]}]" if rest else address.partition(".")[0]
        if pack != own or entry in told or entry.partition(".")[0] in _WITHOUT_RULE:
            continue
        told.add(entry)
        held = at_path(layer.table, there[entry]) if entry in there else {}
        rules = list(dict.fromkeys(_rules(held)))
        if all(layer.sources.get(rule, "") != own for rule in rules):
            sources = dict.fromkeys(layer.sources.get(rule, "") for rule in rules)
            yield at(
                address,
                f"is written anew, but rests on {listed(rules, 'en')}, quoted from"
                f" {listed(sources, 'en')}; quote the new notice's words under [rules]",
                f"改写了，但所依据的 {listed(rules, 'zh')} 仍是 {listed(sources, 'zh')} 的引文；"
                "请在 [rules] 里照新通知逐字写出原文",
            )


def _rules(value: Any) -> Iterator[str]:  # noqa: ANN401 -- whatever an entry holds
    """Every rule that an entry rests on."""
    if isinstance(value, list):
        for each in value:
            yield from _rules(each)
    elif isinstance(value, Mapping):
        for key, each in value.items():
            if key == "rule":
                yield from [each] if isinstance(each, str) else each
            else:
                yield from _rules(each)
