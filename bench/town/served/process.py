"""One of the processes that walk: it enters the town once, then goes some steps at a time."""

from __future__ import annotations

import os
import random
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.app import open_services
from api.client import NotDoneError
from api.database import reach
from api.settings import Settings
from bench.town import applicants, beside_review, identities, misconduct, moving, people, reviewers
from bench.town.acts import ACTS, EACH, Act, name_of
from bench.town.served.door import BreachError
from bench.town.served.signing_in import somebody_who_is_guessed_at_signs_in
from bench.town.served.tally import Tally
from bench.town.served.town import ServedTown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audit.record import Record

_MODULES = {
    each.__name__
    for each in (applicants, reviewers, beside_review, people, identities, misconduct, moving)
}
_NOT_OVER_HTTP = (
    applicants.the_timekeeper_comes_by,  # it comes by itself
    people.time_passes,  # nobody can set the clock of a served record
    people.the_clock_is_set_back,
)


def _is_served(act: Act) -> bool:
    return act.__module__ in _MODULES and act not in _NOT_OVER_HTTP


EACH_SERVED: tuple[Act, ...] = (
    *filter(_is_served, EACH),
    somebody_who_is_guessed_at_signs_in,
)
"""The acts that are tried over HTTP, once each."""
SERVED_ACTS: tuple[Act, ...] = (
    *filter(_is_served, ACTS),
    *(somebody_who_is_guessed_at_signs_in,) * 3,
)
"""The same, as often as they are tried."""


@dataclass(frozen=True)
class Place:
    """Where a process enters the town: the address, the record, and who can sign in how."""

    address: str
    settings: Settings
    logins: dict[str, str]


@contextmanager
def open_record(settings: Settings) -> Iterator[Record]:
    """The record of a server, to be read."""
    with (
        reach(settings) as reached,
        closing(open_services(reached.settings, reached.ground)) as services,
    ):
        yield services.record


_open = ExitStack()
_towns: list[ServedTown] = []
"""The town as the present process sees it, once it has entered."""


def enter(place: Place) -> None:
    """Enter the town, for as long as this process lives."""
    record = _open.enter_context(open_record(place.settings))
    name = f"process{os.getpid()}"
    _towns.append(ServedTown.at(record, place.address, place.logins, name))


def go(seed: str, steps: int) -> Tally:
    """Go some steps; whoever idles makes none."""
    chance, tally = random.Random(seed), Tally()  # noqa: S311 -- to be repeated, not secret
    (town,) = _towns
    while tally.steps < steps:
        town.hear()
        step(town, chance, tally)
    return tally


def step(town: ServedTown, chance: random.Random, tally: Tally) -> None:
    """Let somebody try something, and note what the answer was."""
    act = chance.choice(SERVED_ACTS)
    before = town.door.sent
    try:
        act(town, chance.choice)
    except NotDoneError as answer:
        tally.refused[name_of(act)] += 1
        tally.refusals.update(answer.codes)
        if answer.failed:
            said = " ".join(answer.codes)
            tally.failures.append(f"{name_of(act)}: {answer.status} {said}")
    except BreachError as breach:
        tally.failures.append(f"{name_of(act)}: {breach}")
    else:
        tally.accepted[name_of(act)] += town.door.sent > before
    tally.steps += town.door.sent > before
