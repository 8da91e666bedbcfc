"""Where a notice does not say who recognises a level, nobody here does: the case is referred up."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from api.clock import SettableClock
from tests.api.society import beijing
from tests.stories.locality import Locality
from tests.stories.proving import LAWS, situations
from tests.stories.setting import filed_at
from tests.stories.walking import walked
from tests.stories.way import Way

if TYPE_CHECKING:
    from tests.stories.places import Running


def test_a_post_doctor_of_yiyang_is_referred_up_and_gets_no_title_there(running: Running) -> None:
    """A-17: accepted and reviewed, and never decided by the city."""
    (one,) = (each for each in situations() if each.name == "YY-P09.0")
    law = LAWS[one.law]
    clock = SettableClock(beijing(filed_at(law, one.facts)) - timedelta(days=1))
    with running(clock) as (address, services):
        way = Way(law=law.id, facts=one.facts)
        ended = walked(Locality(address, services, clock, law), {"somebody": (way, ())})
    assert ended["somebody"].where == "referred_up"
