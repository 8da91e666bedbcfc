"""The town: the office of the house over one record, and every state as it follows from it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, Protocol, Self, TypeVar, cast

from api.acts import folding
from api.acts.account import give_code_out, open_with_code
from api.acts.account_opening import EnteredDocument
from api.acts.acting import Acting
from api.acts.claim import CLAIM
from api.acts.guard import Row, guard
from api.acts.indicator import Indicating
from api.clock import SteadyClock
from api.law import packs
from api.law.book import LawBook
from api.office import Office
from audit.record import Record, Recorded
from domain import beijing
from domain.actor import AccountActor
from domain.authority.power import INTEGRITY
from domain.document import DocumentKind
from domain.organisation.events import Kind
from domain.organisation.seats import Seats
from domain.organisation.state import stream_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from api.acts.account_opening import Opening
    from api.signin import SignIn
    from domain.account.events import Part
    from domain.account.move import Move
    from domain.account.state import Account
    from domain.case.state import Case
    from domain.criticism.state import Criticism
    from domain.erasure.state import Erasure
    from domain.investigation.state import Investigation
    from domain.objection.state import Complaint, Objection
    from domain.organisation.state import Organisation
    from domain.person.binding_correction import Rebinding
    from domain.person.link import Link
    from domain.person.state import Person

T = TypeVar("T")
P = ParamSpec("P")

MORNING = datetime(2010, 3, 15, 1, 0, tzinfo=UTC)
"""Where a walk begins: so early that the working days of many years are known."""
PACK = "town"


class Choose(Protocol):
    """Chance: takes one of several things, none of which is better than another."""

    def __call__(self, of: Sequence[T], /) -> T:
        """One of ``of``, which is not empty."""


class Answered(Protocol):
    """What an act led to, whoever carried it out."""

    def stream_of(self, topic: str) -> str:
        """The stream in which an event of a topic happened."""


class _Door:
    """Nobody signs in at this town: whoever has an account acts through it."""

    def __init__(self) -> None:
        self.credentials = self.sessions = self
        self.federation = None

    def find(self, _login: str) -> None:
        """No login is ever taken."""

    def give_code(self, _account: str, _login: str, _part: Part, _now: datetime) -> str:
        """A code that nobody uses."""
        return ""

    def waits(self, _account: str) -> bool:
        """Whatever the record says was given, was."""
        return True

    def acted_from(self, _session: str, _device: bytes) -> bool:
        """No device is known here."""
        return False

    def end_all(self, _account: str, _reason: str, _now: datetime) -> None:
        """There is no session to end."""


_FOLDS: tuple[folding.Fold[Any], ...] = (
    folding.account,
    folding.case,
    folding.complaint,
    folding.criticism,
    folding.erasure,
    folding.investigation,
    folding.link,
    folding.move,
    folding.objection,
    folding.organisation,
    folding.person,
    folding.rebinding,
    folding.seats,
)
_EVOLVES = {kind: fold.evolve for fold in _FOLDS for kind in fold.kinds}
"""How each kind of stream is folded, by the domain's own evolve; others have no state."""


def kind_of(stream: str) -> str:
    """What a stream is about: the word before its id."""
    return stream.partition("-")[0]


def evolved(before: object, recorded: Recorded) -> object:
    """The state of a stream after one more event; None where streams of its kind have none."""
    evolve = _EVOLVES.get(kind_of(recorded.stream))
    return None if evolve is None else evolve(before, recorded.event, recorded)


@cache
def _laws() -> LawBook:
    law = packs.load(str(Path(__file__).with_name("town.toml")))
    return LawBook(packs.load_default(), [law])


@dataclass
class Town:
    """All that has happened, and what it has led to.

    ``wall`` is what the clock on the wall shows, which may be set wrong, and set back.
    ``pack`` is what people file under, ``first_document`` the number of the first document here.
    So few cases are ``open_cases`` at a time that each of them gets somewhere.
    """

    record: Record
    office: Office
    wall: datetime = MORNING
    pack: str = PACK
    first_document: int = 0
    open_cases: int = 5
    log: list[Recorded] = field(default_factory=list)
    histories: dict[str, list[Recorded]] = field(default_factory=dict)
    states: dict[str, dict[str, Any]] = field(default_factory=lambda: {k: {} for k in _EVOLVES})
    numbers: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        """The town goes by the house's steady clock, as whoever serves requests does."""
        self._clock = SteadyClock(self._Wall(self), self.wall)

    @dataclass(frozen=True)
    class _Wall:
        town: Town

        def now(self) -> datetime:
            """What the clock on the wall shows."""
            return self.town.wall

    @property
    def now(self) -> datetime:
        """The instant that decides."""
        return self._clock.now()

    @classmethod
    def over(cls, record: Record, laws: LawBook | None = None, wall: datetime = MORNING) -> Self:
        """A town in which nobody lives yet, over an empty record, under its own law or these."""
        door = _Door()
        sign_in, indicating = cast("SignIn", door), Indicating(door.acted_from)
        return cls(record, Office(record, sign_in, laws or _laws(), indicating), wall)

    def hear(self) -> list[Recorded]:
        """Follow the record: what has been appended since, each folded into its state."""
        new = list(self.record.read(len(self.log), 1000))
        for one in new:
            self.log.append(one)
            self.histories.setdefault(one.stream, []).append(one)
            known = self.states.get(kind_of(one.stream))
            if known is not None:
                known[one.stream] = evolved(known.get(one.stream), one)
        return new

    def number(self, kind: str) -> str:
        """The next number of its kind."""
        self.numbers[kind] += 1
        return f"{kind}-{self.numbers[kind]}"

    def document(self, number: int) -> EnteredDocument:
        """The document of that number here, which nobody has elsewhere."""
        return EnteredDocument(DocumentKind.PASSPORT, f"ZZ{self.first_document + number:07}")

    def act(
        self, by: Acting, row: Row[Any, P], name: str, /, *none: P.args, **asked: P.kwargs
    ) -> Answered:
        """Somebody tries an act on the thing of that name."""
        return guard(self.office, by, row, name, *none, **asked)

    def open_account(self, by: Acting, opening: Opening) -> str:
        """Somebody is given an account, and its code or the first part of it; its id."""
        return open_with_code(self.office, by, opening).account

    def give_code(self, by: Acting, account: str) -> None:
        """Somebody gives a code, or a part of it."""
        give_code_out(self.office, by, account, reason="遗失")

    def claim(self, by: Acting, through: str) -> None:
        """Somebody claims the account through which they act, by another account."""
        guard(self.office, by, CLAIM, by.actor.account, through=through)

    def acting(self, name: str) -> Acting:
        """Somebody acting through an account, now."""
        holder = self.accounts[name]
        actor = AccountActor(name, holder.person, holder.organisation, None, None, "-", "password")
        roles = frozenset(holder.roles)
        return Acting(actor=actor, roles=roles, at=self.now, request=None, fresh=True)

    @property
    def accounts(self) -> dict[str, Account]:
        """The accounts that can be used, by id, in the order in which they were opened."""
        known = self.states["account"]
        return {name: each for name, each in known.items() if not each.disabled}

    @property
    def cases(self) -> dict[str, Case]:
        """The cases by id."""
        return self.states["case"]

    @property
    def complaints(self) -> dict[str, Complaint]:
        """The complaints by id."""
        return self.states["complaint"]

    @property
    def criticisms(self) -> dict[str, Criticism]:
        """The criticisms by id."""
        return self.states["criticism"]

    @property
    def erasures(self) -> dict[str, Erasure]:
        """The erasures by id."""
        return self.states["erasure"]

    @property
    def investigations(self) -> dict[str, Investigation]:
        """The investigations by id."""
        return self.states["investigation"]

    @property
    def links(self) -> dict[str, Link]:
        """The links by id."""
        return self.states["link"]

    @property
    def moves(self) -> dict[str, Move]:
        """The moves to another employer by id."""
        return self.states["move"]

    @property
    def objections(self) -> dict[str, Objection]:
        """The objections by id."""
        return self.states["objection"]

    @property
    def organisations(self) -> dict[str, Organisation]:
        """The organisations by id."""
        return self.states["organisation"]

    @property
    def employers(self) -> tuple[str, ...]:
        """Whose people apply: all but the authorities."""
        known = self.organisations.items()
        return tuple(name for name, each in known if each.kind is not Kind.GOVERNMENT)

    @property
    def bureaus(self) -> tuple[str, ...]:
        """Who deals with misconduct, each somewhere."""
        desk, today = self.office.desk(), beijing.day(self.now)
        return tuple(n for n in self.organisations if INTEGRITY in desk.affairs(n, today))

    def seats_of(self, organisation: str) -> Seats:
        """Who sits in the seats of an organisation."""
        stream = stream_of("seats", organisation)
        known: Seats = self.states["seats"].get(stream) or Seats(organisation)
        return known

    @property
    def persons(self) -> dict[str, Person]:
        """The persons by id."""
        return self.states["person"]

    @property
    def rebindings(self) -> dict[str, Rebinding]:
        """The corrections of bindings by id."""
        return self.states["rebinding"]
