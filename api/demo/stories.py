"""Every story that can be told, each with the moment in Beijing at which it begins."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from api.demo.discipline import discipline
from api.demo.huzhou import huzhou
from api.demo.luohe import luohe
from api.demo.stage import Stage
from api.demo.words import Words
from api.demo.xunwu import xunwu
from api.demo.yiyang import yiyang
from api.demo.yueyang import yueyang

Tell = Callable[[Stage], None]


@dataclass(frozen=True)
class Story:
    """A story; ``begins`` is a little before its first step."""

    title: Words
    begins: str
    tell: Tell


STORIES = {
    "xunwu": Story(
        Words("寻乌县2024年专业技术资格考核认定", "Recognition by assessment, Xunwu, 2024"),
        "2024-04-08 08:30",
        xunwu,
    ),
    "yiyang": Story(
        Words("益阳市2024年专业技术人员资格认定", "Direct recognition, Yiyang, 2024"),
        "2024-05-18 08:30",
        yiyang,
    ),
    "huzhou": Story(
        Words("湖州市2024年职称初定（区县）", "Initial determination, a county of Huzhou, 2024"),
        "2024-09-17 08:30",
        huzhou,
    ),
    "yueyang": Story(
        Words("岳阳市2024年职称评审", "Review by committee, Yueyang, 2024"),
        "2024-08-27 08:30",
        yueyang,
    ),
    "luohe": Story(
        Words("漯河市2020年第一批初级职称", "Junior titles, first batch, Luohe, 2020"),
        "2020-01-04 08:30",
        luohe,
    ),
    "discipline": Story(
        Words("异议、撤销与诚信档案", "Objections, revocation and the integrity record"),
        "2024-05-18 08:30",
        discipline,
    ),
}
"""By the name under which ``mingjian demo --story`` finds them."""
