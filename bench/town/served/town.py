"""The town at a served record: it is read where it is kept, and what is tried goes over HTTP."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from api.acts.appointment import Appointing
from api.acts.case_entry import Vote
from api.clock import SystemClock
from api.http.acting import ADDRESSES
from bench.requests import SECRET
from bench.town.founding import (
    ADMINISTRATORS,
    INSPECTOR,
    grant,
    open_account,
    register,
    settle,
)
from bench.town.served.door import Door
from bench.town.town import P, Town
from domain.account.events import Role
from domain.authority.power import WATCH
from domain.case.application import Application
from domain.organisation.registering import RegisterOrganisation

if TYPE_CHECKING:
    from datetime import datetime

    from api.acts.account_opening import Opening
    from api.acts.acting import Acting
    from api.acts.guard import Row
    from audit.record import Record, Recorded
    from bench.town.served.door import Told
    from domain.account.state import Account

_PART = re.compile(r"<(\w+)>")
_SHEETS = (Application, Appointing, RegisterOrganisation, Vote)
"""What is sent as a whole body."""
_INSPECTORS_DOCUMENT = 9_999_999
_ADMINISTRATORS_DOCUMENTS = (9_999_998, 9_999_997)
_BY_ROLE = {Role.SYSTEM_ADMINISTRATOR: ADMINISTRATORS, Role.INSPECTOR: (INSPECTOR,)}
"""Whom the founding knows by other names than those of their accounts."""


@dataclass
class ServedTown(Town):
    """``known_as`` says which accounts the administrators and the inspector of all have here.

    ``logins`` are of the accounts that were opened from here, ``halves`` the first parts of codes.
    """

    known_as: dict[str, str] = field(default_factory=dict)
    logins: dict[str, str] = field(default_factory=dict)
    halves: dict[str, str] = field(default_factory=dict)

    @classmethod
    def at(cls, record: Record, address: str, logins: dict[str, str], name: str) -> ServedTown:
        """The town as one process sees it; numbers that it gives out begin with its ``name``."""
        town = cls.over(record)
        town.name, town.door = name, Door(address, dict(logins))
        town.door.version = town.version
        town.hear()
        town.recognise()
        return town

    name: str = ""
    door: Door = field(default_factory=lambda: Door(""))
    """The door through which all of it goes."""

    def act(
        self, by: Acting, row: Row[Any, P], name: str, /, *_: P.args, **asked: P.kwargs
    ) -> Told:
        """Somebody tries an act, as a request: where it is taken in, its row says."""
        said: dict[str, Any] = dict(asked)
        address = ADDRESSES[row]
        for part in _PART.findall(address):
            address = address.replace(f"<{part}>", str(said.pop(part, name)))
        whole = next((each for each in said.values() if len(said) == 1), None)
        body = whole if isinstance(whole, _SHEETS) else said
        return self.door.send(by, address, body, row.about.stream(name) if row.changes else None)

    def open_account(self, by: Acting, opening: Opening) -> str:
        """Open it, and take it over once it is: in the town everybody is whoever acts."""
        told = self.door.send(by, "/v1/accounts", opening)
        account = str(told.body["account"])
        self.logins[account] = opening.login
        self._take(account, told.body)
        return account

    def give_code(self, by: Acting, account: str) -> None:
        """Give a code, or a part of it, and take over what it opens; to who signs in from here."""
        if account not in self.logins:
            return
        path = f"/v1/accounts/{account}/codes"
        self._take(account, self.door.send(by, path, {"reason": "遗失"}, account).body)

    def claim(self, by: Acting, through: str) -> None:
        """By the secret that all have here."""
        login = self.door.logins[through]
        self.door.send(by, "/v1/claims", {"login": login, "password": SECRET})

    def _take(self, account: str, told: dict[str, Any]) -> None:
        if told["part"] == "first":
            self.halves[account] = told["one_time_code"]
        elif account in self.logins:
            code = self.halves.pop(account, "") + told["one_time_code"]
            self.door.enter(account, self.logins[account], code)

    @property
    def now(self) -> datetime:
        """What the clock of the machine shows, by which the server goes too."""
        return SystemClock().now()

    def hear(self) -> list[Recorded]:
        """Read until there is nothing new."""
        new = list(super().hear())
        while more := super().hear():
            new += more
        return new

    def version(self, stream: str) -> int:
        """How far a stream had come when it was last read; one that is new is read now."""
        if stream not in self.histories:
            self.hear()
        return len(self.histories.get(stream, ()))

    def number(self, kind: str) -> str:
        """The next number of its kind, unlike those of other processes."""
        return f"{self.name}-{super().number(kind)}"

    def acting(self, name: str) -> Acting:
        """Somebody acting through an account."""
        return super().acting(self.known_as.get(name, name))

    @property
    def accounts(self) -> dict[str, Account]:
        """The accounts that can be used from here: those that this process can sign in."""
        return {name: each for name, each in super().accounts.items() if self.door.knows(name)}

    def recognise(self) -> None:
        """See who administers the system and who inspects it."""
        for role, names in _BY_ROLE.items():
            accounts = super().accounts.items()
            known = [n for n, each in accounts if role in each.roles and self.door.knows(n)]
            self.known_as |= dict(zip(names, known, strict=False))


def found(record: Record, address: str, administrators: dict[str, str]) -> ServedTown:
    """Found the town over HTTP, by two administrators' accounts, each with its login."""
    town = ServedTown.at(record, address, administrators, "founding")
    town.recognise()
    root = town.office.desk().root()
    assert root is not None
    for document in _ADMINISTRATORS_DOCUMENTS:
        open_account(town, document, root.organisation, (Role.SYSTEM_ADMINISTRATOR,))
        town.hear()
    town.recognise()
    watch = register(town, "监督机关", "甲省", level="province")
    grant(town, watch, "", affairs=(WATCH,))
    open_account(town, _INSPECTORS_DOCUMENT, watch, (Role.INSPECTOR,))
    town.hear()
    town.recognise()
    settle(town)
    return town
