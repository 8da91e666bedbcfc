"""The directory of accounts, read from the record itself.

Each answer is a fold of one short stream, not of a view: an account that was disabled is
refused from that moment on.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from api.acts import folding
from api.acts.desk import Desk
from api.acts.guard import act_as
from api.identifiers import new_id
from api.signin import AccountFacts
from domain.account.decide import ActivateAccount, decide
from domain.account.events import AccountOpened
from domain.person.events import DocumentBound, PersonRegistered, PersonRenamed

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from audit.record import Record
    from domain.actor import AccountActor
    from domain.personal import Personal


class RecordDirectory:
    """Answers what ``api.signin.Directory`` asks."""

    def __init__(self, record: Record) -> None:
        self._record = record

    def account(self, account: str, *, caught_up: bool = False) -> AccountFacts | None:
        """The facts of an account; None if the record has none of that id.

        ``caught_up``: what is at hand of the record is new enough.
        """
        if not caught_up:
            self._record.catch_up()
        known = folding.account(self._record.at_hand(account))
        if known is None:
            return None
        return AccountFacts(
            known.account, known.person, known.organisation, known.roles, known.disabled
        )

    def words_about(self, account: str) -> Collection[str]:
        """The account's login, and the names and document numbers of its holder."""
        return {words.text for words in self._words(account) if words.text is not None}

    def activated(self, actor: AccountActor, now: datetime) -> None:
        """Append ``account:activated:1`` unless it stands."""

        def decide_on(desk: Desk) -> None:
            known = desk.account(actor.account)
            desk.write(actor.account, *decide(known, ActivateAccount(method=actor.method)))

        act_as(partial(Desk, self._record), actor, new_id(now), now, decide_on)

    def _words(self, account: str) -> list[Personal]:
        words: list[Personal] = []
        for one in self._record.load(account).recorded:
            if isinstance(one.event, AccountOpened):
                words.append(one.event.login)
                words += self._words_of_person(one.event.person)
        return words

    def _words_of_person(self, person: str) -> list[Personal]:
        words: list[Personal] = []
        for one in self._record.load(person).recorded:
            if isinstance(one.event, (PersonRegistered, PersonRenamed)):
                words.append(one.event.name)
            elif isinstance(one.event, DocumentBound):
                words.append(one.event.number)
        return words
