"""An edition laid over what it follows: what both together say in whole.

What of it is wrong is told by the addresses under which the edition says it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from domain.policy.addresses import addresses, at_path
from domain.policy.binding import BINDS, misbound
from domain.policy.edition import (
    BY_ADDRESS,
    CHANGED,
    DROPPED,
    OWN,
    REFERRING,
    UNCONFIRMED,
    follows,
    header_of,
    id_of,
    named_by,
    section_of,
    spoken_of,
    supplements,
    whole_entries,
)
from domain.policy.faults import Fault, close_to
from domain.policy.layer import NAMED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.policy.addresses import Path

_PERIOD = re.compile(r"(?:[0-9]{4})?(?:Q[1-4]|H[12]|-[0-9]{2})?")
"""What stands after the id of recurring windows in that of one of their batches."""


@dataclass(frozen=True, kw_only=True)
class Layered:
    """What one layer says in whole: its table, and how it came about.

    ``name`` is the document that says it last, ``last`` what that one says alone; ``sources`` tells
    of each rule the pack whose notice is quoted, ``written`` of each value or entry that an edition
    wrote which pack did;
    ``unconfirmed`` are the notes on values that nobody has confirmed, ``renamed`` tells by the
    address of each entry with a new id what it was before.
    """

    name: str
    table: Mapping[str, Any]
    last: Mapping[str, Any]
    sources: Mapping[str, str]
    written: Mapping[str, str] = field(default_factory=dict)
    unconfirmed: Mapping[str, str] = field(default_factory=dict)
    renamed: Mapping[str, str] = field(default_factory=dict)


def alone(name: str, table: Mapping[str, Any]) -> Layered:
    """A document that follows no other."""
    own = str(header_of(table).get("id"))
    return Layered(
        name=name, table=table, last=table, sources=dict.fromkeys(section_of(table, "rules"), own)
    )


def layered(
    documents: Iterable[tuple[str, Mapping[str, Any]]], faults: list[Fault]
) -> tuple[Layered, ...]:
    """Names and tables from the lowest up as layers: an edition and what it follows are one."""
    found: list[Layered] = []
    for name, table in documents:
        if follows(table) and found:
            found[-1] = following(found[-1], name, table, faults)
        else:
            found.append(alone(name, table))
    return tuple(found)


def following(
    earlier: Layered, name: str, table: Mapping[str, Any], faults: list[Fault]
) -> Layered:
    """What an edition says in whole, over what it follows; what is wrong is added to ``faults``."""
    return _Following(earlier, name, table, faults).whole()


class _Following:
    """One edition being laid over what it follows."""

    def __init__(
        self, earlier: Layered, name: str, table: Mapping[str, Any], faults: list[Fault]
    ) -> None:
        self._earlier = earlier
        self._name = name
        self._table = table
        self._faults = faults
        self._whole: dict[str, Any] = _copied(earlier.table)
        self._there = addresses(earlier.table)
        self._renamed: dict[str, str] = {}
        self._own = str(header_of(table).get("id"))

    def whole(self) -> Layered:
        self._follow()
        changed, dropped = self._by_address(CHANGED), self._by_address(DROPPED)
        for address, value in changed.items():
            self._change(address, value)
        self._drop(dropped)
        self._whole["pack"] = self._header()
        for section in self._table:
            if section not in {"pack", BINDS, *BY_ADDRESS}:
                self._write(section, changed)
        now = {self._now(each): each for each in changed}
        notes = {self._now(each): str(note) for each, note in self._notes().items()}
        earlier = self._earlier
        sources = {**earlier.sources, **dict.fromkeys(section_of(self._table, "rules"), self._own)}
        return Layered(
            name=self._name,
            table=self._whole,
            last=self._table,
            sources={rule: each for rule, each in sources.items() if rule in self._rules()},
            written=self._carried(earlier.written)
            | dict.fromkeys((*now, *whole_entries(self._table)), self._own),
            unconfirmed=self._left(earlier.unconfirmed, changed) | notes,
            renamed={**earlier.renamed, **self._renamed},
        )

    def _rules(self) -> Mapping[str, Any]:
        return section_of(self._whole, "rules")

    def _carried(self, told: Mapping[str, str]) -> dict[str, str]:
        """What was told by addresses of the earlier edition, by those of this one."""
        here = addresses(self._whole)
        moved = {self._now(address): each for address, each in told.items()}
        return {address: each for address, each in moved.items() if address in here}

    def _left(self, notes: Mapping[str, str], changed: Mapping[str, Any]) -> dict[str, str]:
        """The notes of the earlier edition on what this one leaves as it was."""
        return self._carried({each: note for each, note in notes.items() if each not in changed})

    def _now(self, address: str) -> str:
        """An address of the earlier edition as this one has it."""
        for new, old in self._renamed.items():
            if address == old or address.startswith(f"{old}."):
                return new + address[len(old) :]
        return address

    def _fault(self, key: str, english: str, chinese: str, meant: tuple[str, ...] = ()) -> None:
        self._faults.append(
            Fault(document=self._name, key=key, english=english, chinese=chinese, meant=meant)
        )

    def _follow(self) -> None:
        """Check that what lies beneath is the edition that this one names."""
        for section in BY_ADDRESS:
            if not isinstance(self._table.get(section, {}), Mapping):
                self._fault(section, "must be a table", "应写成一张表，如 [changed]")
        self._faults += misbound(self._name, self._table, list(spoken_of(self._table)))
        there = header_of(self._earlier.table)
        key, named = named_by(self._table) or ("follows", {})
        wanted = (there.get("id"), there.get("version"))
        if (named.get("id"), named.get("version")) != wanted:
            self._fault(
                f"pack.{key}",
                f"what lies beneath is {wanted[0]}, version {wanted[1]}",
                f'它所承接的应写成 {{ id = "{wanted[0]}", version = {wanted[1]} }}',
            )
        if supplements(self._table):
            self._supplement(wanted[0])
        own, version = self._own, header_of(self._table).get("version")
        if own == wanted[0] and not (_number(version) > _number(wanted[1])):
            self._fault(
                "pack.version",
                "under the same id the version grows",
                f"编号相同的，版本须大于 {wanted[1]}",
            )

    def _supplement(self, law: object) -> None:
        """Check that it stays the law that it supplements, and the only thing said of that."""
        if self._own != law:
            self._fault("pack.id", "a supplement keeps the id", f"补充通知沿用原编号：{law}")
        if "follows" in header_of(self._table):
            english = "either follows or supplements, not both"
            self._fault("pack.follows", english, "follows 和 supplements 只能写一个")

    def _header(self) -> dict[str, Any]:
        inherited = {
            key: each for key, each in header_of(self._earlier.table).items() if key not in OWN
        }
        return {**inherited, **header_of(self._table)}

    def _by_address(self, section: str) -> dict[str, Any]:
        """One of the sections by address, without what is nowhere."""
        found: dict[str, Any] = {}
        for address, value in section_of(self._table, section).items():
            if self._said_elsewhere(section, address):
                continue
            if address in self._there or (section == CHANGED and self._holder(address)):
                found[address] = value
            else:
                self._nowhere(address)
        if section == DROPPED:
            for address, reason in found.items():
                if not isinstance(reason, str) or not reason.strip():
                    self._fault(address, "a reason is needed", "须写明不再适用的理由")
        return found

    def _said_elsewhere(self, section: str, address: str) -> bool:
        """Whether something is said in a section of its own: the notice, and the words it quotes.

        Nobody changes a quote and leaves it that of the earlier notice.
        """
        root = address.partition(".")[0]
        whole = address.removeprefix("rules.") in self._rules()
        if root not in {"pack", "rules"} or (section == DROPPED and root == "rules" and whole):
            return False
        self._fault(
            address,
            f"is said under [{root}], whole",
            f"要整项写在 [{root}] 里，不能只改其中一个值",
        )
        return True

    def _nowhere(self, address: str) -> None:
        self._fault(
            address,
            "there is no such value in what this edition follows",
            "它所承接的政策包里没有这一项",
            close_to([address], self._there),
        )

    def _notes(self) -> dict[str, Any]:
        """What nobody has confirmed; what it names may be new in this edition."""
        here = addresses(self._whole)
        notes = section_of(self._table, UNCONFIRMED)
        for address in notes:
            if self._now(address) not in here:
                self._nowhere(address)
        return dict(notes)

    def _holder(self, address: str) -> tuple[Path, str] | None:
        """The entry that would hold a value which is not there yet, and the value's name."""
        for place in range(len(address) - 1, 0, -1):
            path = self._there.get(address[:place])
            if address[place] == "." and path is not None:
                held = isinstance(at_path(self._earlier.table, path), Mapping)
                return (path, address[place + 1 :]) if held else None
        return None

    def _change(self, address: str, value: Any) -> None:  # noqa: ANN401 -- checked when it is read
        path = self._there.get(address)
        if path is None:
            holder = self._holder(address)
            path = (*holder[0], holder[1]) if holder else ()
        at_path(self._whole, path[:-1])[path[-1]] = _copied(value)
        if path[-1] == "id":
            self._rename(address, at_path(self._earlier.table, path), value)

    def _rename(self, address: str, old: object, new: object) -> None:
        entry = address.removesuffix(".id")
        section = entry.partition("[")[0]
        self._renamed[f"{section}[{new}]"] = entry
        if section not in {"batches", "recurring_windows"}:
            return
        for holder, key in REFERRING.items():
            entries = self._whole.get(holder)
            for each in entries if isinstance(entries, list) else ():
                if isinstance(each, dict) and key in each:
                    each[key] = _renamed(each[key], str(old), str(new), section)

    def _drop(self, dropped: Mapping[str, Any]) -> None:
        """Take out what holds no more, the innermost and the last of a list first."""
        paths = [self._there[address] for address in dropped]
        for path in sorted(paths, key=_depth, reverse=True):
            del at_path(self._whole, path[:-1])[path[-1]]

    def _write(self, section: str, changed: Mapping[str, Any]) -> None:
        """Lay one section over that of the earlier edition."""
        mine, theirs = self._table[section], self._whole.get(section)
        for entry in {each.partition(".")[0] for each in changed}:
            if entry in addresses({section: mine}):
                self._fault(
                    entry,
                    "stands in [changed] and is written whole besides; one of both",
                    "既写在 [changed] 里，又另外整项写出，只能用一种写法",
                )
        if isinstance(mine, list) and isinstance(theirs, list):
            self._whole[section] = _listed(mine, theirs)
        elif section in NAMED and isinstance(mine, Mapping) and isinstance(theirs, Mapping):
            self._whole[section] = {**theirs, **mine}
        else:
            self._whole[section] = mine


def _copied(value: Any) -> Any:  # noqa: ANN401 -- whatever a document holds
    """The same, of which a table or list may be changed without changing the other."""
    if isinstance(value, Mapping):
        return {name: _copied(each) for name, each in value.items()}
    return list(map(_copied, value)) if isinstance(value, list) else value


def _depth(path: Path) -> tuple[int, int]:
    last = path[-1]
    return len(path), last if isinstance(last, int) else 0


def _listed(mine: list[Any], theirs: list[Any]) -> list[Any]:
    """Entries of the same id in place, each new one after that written before it."""
    placed, at = list(theirs), 0
    for each in mine:
        ids = [id_of(one) for one in placed]
        if id_of(each) is not None and id_of(each) in ids:
            at = ids.index(id_of(each))
            placed[at] = each
        else:
            placed.insert(at, each)
        at += 1
    return placed


def _renamed(value: Any, old: str, new: str, section: str) -> Any:  # noqa: ANN401 -- one or several
    """References to a batch, or to any batch of recurring windows, under the new id."""
    if isinstance(value, list):
        return [_renamed(each, old, new, section) for each in value]
    rest = str(value).removeprefix(old) if str(value).startswith(old) else None
    if rest == "" or (rest and section == "recurring_windows" and _PERIOD.fullmatch(rest)):
        return new + rest
    return value


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0
