"""Drafts that are ready to be filed, of an applicant each, laid at a served record.

Nothing is measured of it, so nobody sends a request: the acts themselves are carried out, in
processes beside those that answer. All applicants have one secret, digested once.
"""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from typing import TYPE_CHECKING

from api.acts.account import open_with_code
from api.acts.account_opening import EnteredDocument, Opening
from api.acts.acting import Acting
from api.acts.case import OPEN, STATE
from api.acts.guard import guard
from api.app import open_services
from api.clock import SystemClock
from api.database import reach
from api.keys import keyed_digest
from api.signin import passwords
from api.signin.sign_in import METHOD
from api.signin.whence import Whence
from bench.requests import SECRET
from bench.town import papers
from bench.town.town import PACK
from domain.account.events import Role
from domain.actor import AccountActor
from domain.case.draft import CaseOpened
from domain.document import DocumentKind

if TYPE_CHECKING:
    from api.services import Services
    from api.settings import Settings

_PROCESSES = 2
_AT_ONCE = 20
"""So many drafts a process lays before it takes more."""
_FIRST_DOCUMENT = 5_000_000


@dataclass(frozen=True)
class Draft:
    """A case that is ready to be filed, and whose it is."""

    login: str
    path: str


@dataclass(frozen=True)
class Counter:
    """Where applicants are given accounts: by whom of which employer, for which secret.

    ``digest`` is that of the secret, ``address`` where they will sign in from, each by a browser
    that is called as their login.
    """

    employer: str
    administrator: str
    digest: str
    address: str = "127.0.0.1"


def lay(settings: Settings, employer: str, administrator: str, count: int) -> list[Draft]:
    """So many drafts with an employer, at the record of a server at work."""
    at = Counter(employer, administrator, passwords.digest(SECRET))
    context = get_context("spawn")
    with ProcessPoolExecutor(_PROCESSES, context, _enter, (settings,)) as processes:
        return list(processes.map(partial(_laid, at), range(count), chunksize=_AT_ONCE))


_open = ExitStack()
_services: list[Services] = []
"""What the present process works with, once it has entered."""


def _enter(settings: Settings) -> None:
    reached = _open.enter_context(reach(settings))
    services = open_services(reached.settings, reached.ground)
    _services.append(_open.enter_context(closing(services)))


def _laid(at: Counter, number: int) -> Draft:
    (services,) = _services
    office, login = services.office, f"deadline-{number}"
    opening = Opening(
        name="某人",
        document=EnteredDocument(DocumentKind.PASSPORT, f"ZZ{_FIRST_DOCUMENT + number:07}"),
        organisation=at.employer,
        roles=(Role.APPLICANT,),
        login=login,
    )
    account = open_with_code(office, _acting(services, at.administrator), opening).account
    own = _acting(services, account)
    _enter_first(services, at, own, login)
    wanted = {"series": papers.SERIES[0], "specialty": "数学", "level": "assistant"}
    begun = guard(office, own, OPEN, "", employer=at.employer, pack=PACK, channel="api", **wanted)
    case = begun.stream_of(CaseOpened.topic)
    guard(office, own, STATE, case, application=papers.SHORTER)
    return Draft(login, f"/v1/cases/{case}")


def _acting(services: Services, name: str) -> Acting:
    account = services.office.desk().account(name)
    assert account is not None
    house = account.organisation
    actor = AccountActor(name, account.person, house, None, None, "-", METHOD)
    now = SystemClock().now()
    return Acting(actor=actor, roles=account.roles, at=now, request=None, fresh=True)


def _enter_first(services: Services, at: Counter, own: Acting, login: str) -> None:
    """Let the secret take the place of the code, as a first sign-in where they will come from."""
    sign_in, whence = services.sign_in, Whence(at.address, login)
    device = keyed_digest(services.keys.newest("device"), whence.address, whence.browser)
    known = sign_in.credentials.find(login)
    assert known is not None
    with services.database.connection() as connection:
        sign_in.credentials.replace(connection, known, at.digest, own.at)
        sign_in.tally.succeeded(connection, known.account, device, whence, METHOD, own.at)
    sign_in.directory.activated(own.actor, own.at)
