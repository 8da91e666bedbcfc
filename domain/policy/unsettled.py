"""What has to be settled before an edition can be law: values to be confirmed, words for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.policy.addresses import addresses, at_path, entry_of, rules_within
from domain.policy.edition import spoken_of, supplements
from domain.policy.faults import at, listed, shown
from domain.policy.whereabouts import Whereabouts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.policy.faults import Fault
    from domain.policy.following import Layered
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
    """What an edition writes anew and quotes nothing for.

    A supplement keeps the id of what it supplements, and quotes words of its own all the same.
    """
    own, told, there = str(layer.table["pack"]["id"]), set[str](), addresses(layer.table)
    spoken, quoted = set(spoken_of(layer.last)), layer.last.get("rules", {})
    supplement = supplements(layer.last)
    for address, pack in layer.written.items():
        if pack != own or (supplement and address not in spoken):
            continue
        entry = entry_of(address)
        if entry in told or entry.partition(".")[0] in _WITHOUT_RULE:
            continue
        told.add(entry)
        held = at_path(layer.table, there[entry]) if entry in there else {}
        rules = list(dict.fromkeys(rules_within(held)))
        fresh = (e in quoted if supplement else layer.sources.get(e, "") == own for e in rules)
        if not any(fresh):
            sources = dict.fromkeys(layer.sources.get(rule, "") for rule in rules)
            yield at(
                address,
                f"is written anew, but rests on {listed(rules, 'en')}, quoted from"
                f" {listed(sources, 'en')}; quote the new notice's words under [rules]",
                f"改写了，但所依据的 {listed(rules, 'zh')} 仍是 {listed(sources, 'zh')} 的引文；"
                "请在 [rules] 里照新通知逐字写出原文",
            )
