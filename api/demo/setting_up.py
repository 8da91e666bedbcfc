"""Setting the stage: a demonstration record, its server on loopback, its first administrator."""

from __future__ import annotations

from contextlib import contextmanager
from threading import Event
from typing import TYPE_CHECKING

from api.acts.account_opening import EnteredDocument, Opening
from api.acts.bootstrap import SettingUp, set_up
from api.acts.guard import act_as
from api.app import open_services
from api.demo.invented import PASSWORD, document_number
from api.demo.participant import Door, Participant
from api.demo.stage import BETWEEN_LOOKS, LOOKS, Stage
from api.demo.teller import StoryBrokenError
from api.demo.words import Words
from api.foundation import lay_foundation
from api.identifiers import new_id
from api.serving.running import Running, listening
from domain.account.events import Role
from domain.actor import SystemActor
from domain.document import DocumentKind
from domain.single_events import DemonstrationDeclared

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from api.acts.desk import Desk
    from api.clock import SettableClock
    from api.database import Reached
    from api.demo.teller import Teller
    from api.office import Office
    from api.services import Services

RECORD = "demo"
"""The record of a demonstration is ``mingjian/demo``, which ``serve`` refuses."""

_STREAM = "record-demonstration"
_STATEMENT = "本记录为演示：时钟可以拨动，人员均为虚构，任何内容不具法律效力。"
_ORGANISATION = "职称信息系统管理办公室（演示）"
_DOCUMENT = "演示职改〔2024〕1号"
_LOGINS = ("demo-administrator", "demo-administrator-2")
_NAMES = ("系统管理员", "系统管理员乙")


@contextmanager
def set_stage(reached: Reached, clock: SettableClock, teller: Teller) -> Iterator[Stage]:
    """A stage over an empty database, ready for a story; it is struck when the block ends.

    The record declares itself a demonstration before anything else happens in it.
    """
    settings = reached.settings
    lay_foundation(settings, reached.owner_url, reached.ground, settings.origin, clock.now())
    services = open_services(settings, reached.ground, clock)
    process = Running.over(services)
    try:
        _declare(services.office, clock.now())
        process.start()
        _wait_for_views(services)
        with listening(process.app, settings.host, settings.port) as address:
            door = Door(address, clock, teller.language)
            yield Stage(address, clock, teller, *_administrators(services, door))
    finally:
        process.end()


def _wait_for_views(services: Services) -> None:
    """Nobody reads sooner than there is something to read; raises ``StoryBrokenError``."""
    pause = Event()
    for _ in range(LOOKS):
        if services.views.whole():
            return
        pause.wait(BETWEEN_LOOKS)
    raise StoryBrokenError("the views do not begin")


def _declare(office: Office, at: datetime) -> None:
    def decide(desk: Desk) -> None:
        if desk.history(_STREAM).version == 0:
            desk.write(_STREAM, DemonstrationDeclared(statement=_STATEMENT))

    act_as(office.desk, SystemActor("demonstration"), new_id(at), at, decide)


def _administrators(services: Services, door: Door) -> tuple[Participant, Participant]:
    """As ``accounts bootstrap`` does it; the codes go straight into the story."""
    first, second = (
        Opening(
            name=name,
            document=EnteredDocument(DocumentKind.RESIDENT_IDENTITY_CARD, document_number(place)),
            organisation=None,
            roles=(Role.SYSTEM_ADMINISTRATOR,),
            login=login,
        )
        for place, (name, login) in enumerate(zip(_NAMES, _LOGINS, strict=True), start=1)
    )
    by = SettingUp(organisation=_ORGANISATION, document=_DOCUMENT, first=first, second=second)
    codes = set_up(services.office, by, services.clock.now())
    root = services.office.desk().root()
    assert root is not None
    one, other = (
        Participant(
            door,
            opening.name,
            Words(opening.name, "system administrator"),
            opening.login,
            organisation=root.organisation,
            password=PASSWORD,
            code=code,
        )
        for opening, code in zip((first, second), codes, strict=True)
    )
    return one, other
