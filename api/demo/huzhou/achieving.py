"""The record of achievements (业绩档案库): entered with its proof, confirmed, then drawn from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.demo.expecting import Answered, Done, refused
from api.demo.filing import SCAN, prepare, state, submit
from api.demo.huzhou.cast import CLAIMS, DIPLOMA, INSURANCE, SHEET, TITLE
from api.demo.words import Words

if TYPE_CHECKING:
    from api.client import Reply
    from api.demo.participant import Participant
    from api.demo.stage import Stage

_NAME = "装配线视觉检测改造项目"
_CLAIM = {"claim": "project", "item": "项目", "description": _NAME}
_UNRECORDED = refused("ACHIEVEMENT_NOT_RECORDED", "HZ-31", "HZ-33", recorded=True)


def achievements(stage: Stage, case: str) -> None:
    """A project that stands in no record is refused; recorded and confirmed, it is drawn from."""
    stage.at("2024-09-18 09:00")
    graduate, handler = stage.people["graduate"], stage.people["company-handler"]
    stated = CLAIMS | {"achievements": [_CLAIM]}
    prepare(stage, graduate, case, TITLE, stated, (DIPLOMA, SHEET, INSURANCE))
    told = Words("申报一项未入档的业绩：不予受理", "claims a project that stands in no record")
    stage.tell(graduate, told, submit(stage, graduate, case), _UNRECORDED)
    own = f"/v1/persons/{graduate.person}/achievements"
    told = Words("将项目录入业绩档案库，附证明", "enters it in their record, with its proof")
    entered = Done(topics=("person:achievement-entered:1",))
    stage.tell(graduate, told, _enter(stage, graduate, own), entered)
    told = Words("待办里出现这项业绩", "finds it among what waits for a word")
    waiting = stage.look(handler, "/v1/work-queue/achievements")
    stage.tell(handler, told, waiting, Answered(words=(_NAME,)))
    (button,) = waiting.body["achievements"][0]["acts"]
    stage.quietly(handler.confirm())
    told = Words("核对证明，确认业绩属实", "confirms it by its proof")
    version = handler.get(own).version
    confirmed = handler.post(button["address"], {"in_favour": True}, version=version)
    stage.tell(handler, told, confirmed, Done(topics=("person:achievement-reviewed:1",)))
    entry = waiting.body["achievements"][0]["entry"]
    drawn = [{**_CLAIM, "entry": entry}]
    stage.quietly(state(stage, graduate, case, CLAIMS | {"achievements": drawn}))


def _enter(stage: Stage, who: Participant, own: str) -> Reply:
    upload = stage.quietly(who.send(f"{own}/uploads", SCAN, "application/pdf"))
    body = {"kind": "project", "gained_on": "2024-06-28", "title": _NAME}
    return who.act_on(own, "", body | {"upload": upload.body["upload"]})
