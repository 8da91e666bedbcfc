"""The policy packs on disk: the ones that come with the house, and overlays given by path.

Only this module reads packs from files; the domain gets their text.
"""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import domain.policy
from api.law.texts import is_toml, read_text
from domain.calendar import Calendar, read_calendar
from domain.policy import loader
from domain.policy.edition import named_by
from domain.policy.faults import Fault, PackError, close_to, listed
from domain.policy.law import NATIONAL_DEFAULT, Law
from domain.policy.lines import line_of
from domain.policy.loader import Document, load_law

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

PACKS = Path(domain.policy.__file__).parent / "packs"


class UnknownPackError(LookupError):
    """There is no pack of this name among the ones that come with the house."""

    def __init__(self, name: str) -> None:
        names = pack_names()
        self._faults = PackError(
            Fault(
                document=name,
                key="",
                english=f"there is no such pack; there are {listed(names, 'en')},"
                " or a file whose name ends in .toml",
                chinese=f"没有这个政策包；现有 {listed(names, 'zh')}，或者写以 .toml 结尾的文件名",
                meant=close_to([name], names),
            )
        )
        super().__init__(str(self._faults))

    def told(self, language: str) -> str:
        """The message in Chinese (``zh``) or English."""
        return self._faults.told(language)


def document(path: Path) -> Document:
    """A pack's document from a file, called by its file name. Raises ``TextUnreadableError``."""
    return Document(path.name, read_text(path, is_toml))


def pack_names() -> tuple[str, ...]:
    """The packs that come with the house, without the default layer."""
    return tuple(
        sorted(path.stem for path in PACKS.glob("*.toml") if path.stem != NATIONAL_DEFAULT)
    )


def pack_path(name: str) -> Path:
    """The file of a pack by its name, or a path to a pack of one's own.

    Raises ``UnknownPackError``, which names the packs that there are.
    """
    given = Path(name)
    if given.suffix == ".toml":
        return given
    if name not in pack_names():
        raise UnknownPackError(name)
    return PACKS / f"{name}.toml"


def load(name: str, overlays: Iterable[Path] = ()) -> Law:
    """The law of a pack over the national default, with overlays on top.

    Raises ``UnknownPackError`` or ``PackError``.
    """
    return _load(pack_path(name), tuple(overlays))


def load_over(name: str, overlays: Iterable[Path] = (), beside: Iterable[str] = ()) -> Law:
    """The law of a pack with the overlays on top; one that extends or follows another lies over it.

    What lies beneath is a pack of the house, one of ``beside``, or a file of that name in the same
    directory. Raises as ``load`` does.
    """
    lowest, *above = _chain(pack_path(name), tuple(beside))
    return _load(lowest, (*above, *overlays))


_LIES = {"pack.follows.id": "承接", "pack.supplements.id": "补充", "pack.extends": "叠加"}


def _chain(path: Path, beside: tuple[str, ...], above: tuple[Path, ...] = ()) -> tuple[Path, ...]:
    """The files that a pack lies over, the lowest first, and its own."""
    key, beneath = _beneath(path)
    if beneath is None:
        return (path,)
    near = {each: pack_path(each) for each in pack_names()}
    files = [*path.parent.glob(f"{beneath}.toml"), *map(Path, beside)]
    near |= {_id(each): each for each in files if each.suffix == ".toml" and each != path}
    if beneath in near and near[beneath] not in {path, *above}:
        return (*_chain(near[beneath], beside, (path, *above)), path)
    wrong = document(path)
    raise PackError(
        Fault(
            document=wrong.name,
            key=key,
            english=f"there is no pack {beneath} in the house or beside this file",
            chinese=f"找不到它所{_LIES[key]}的政策包「{beneath}」："
            "系统自带的包里没有，同一文件夹里也没有",
            meant=close_to([beneath], near),
            line=line_of(wrong.text, loader.table_of(wrong), key),
        )
    )


def load_all() -> tuple[Law, ...]:
    """The law of every pack that comes with the house."""
    return tuple(load(name) for name in pack_names())


def forget() -> None:
    """Read files anew from now on."""
    _load.cache_clear()


@cache
def load_default() -> Law:
    """The national default alone, for areas where no notice holds. Raises ``PackError``."""
    return loader.load_default(document(PACKS / f"{NATIONAL_DEFAULT}.toml"))


def load_with(overlays: Iterable[Path]) -> tuple[Law, ...]:
    """Every pack that comes with the house, each under the overlays that extend it.

    An overlay whose ``extends`` names none of them is a pack of its own.
    Raises ``PackError``; ``OSError`` for a file that can't be read.
    """
    above: dict[str | None, list[Path]] = {}
    for path in overlays:
        above.setdefault(_extended(path), []).append(path)
    of_the_house = [load(name, above.pop(name, ())) for name in pack_names()]
    of_their_own = [str(path) for paths in above.values() for path in paths]
    return (*of_the_house, *(load_over(name, beside=of_their_own) for name in of_their_own))


def offered(files: Iterable[Path]) -> tuple[tuple[Law, ...], tuple[Document, ...]]:
    """The packs of the house and those in files, and the overlays in files.

    A file whose ``extends`` names no pack of the house is a pack of its own.
    Raises as ``load_with`` does.
    """
    house = pack_names()
    above = {path: _extended(path) in house for path in files}
    own = [str(path) for path, extends in above.items() if not extends]
    over = tuple(document(path) for path, extends in above.items() if extends)
    return (*load_all(), *(load_over(each, beside=own) for each in own)), over


def calendar(overlays: Iterable[Path] = ()) -> Calendar:
    """Working days, with the calendars of further years from files."""
    return read_calendar((path.name, read_text(path, is_toml)) for path in overlays)


def _extended(overlay: Path) -> str | None:
    """The pack that an overlay says it extends."""
    extended = _header(overlay).get("extends")
    return extended if isinstance(extended, str) else None


def _beneath(path: Path) -> tuple[str, str | None]:
    """The key under which a pack names what it lies over, and the pack that it names."""
    named = named_by({"pack": _header(path)})
    if named is not None and isinstance(named[1].get("id"), str):
        return f"pack.{named[0]}.id", named[1]["id"]
    return "pack.extends", _extended(path)


def _id(path: Path) -> str:
    return str(_header(path).get("id"))


def _header(path: Path) -> Mapping[str, object]:
    header = loader.table_of(document(path)).get("pack")
    return header if isinstance(header, dict) else {}


@lru_cache(maxsize=64)
def _load(path: Path, overlays: tuple[Path, ...]) -> Law:
    default = document(PACKS / f"{NATIONAL_DEFAULT}.toml")
    return load_law(default, document(path), [document(each) for each in overlays])
