"""Every story that can be told, each with the moment in Beijing at which it begins."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from api.demo.stage import Stage
from api.demo.words import Words
from api.demo.xunwu import xunwu

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
}
"""By the name under which ``mingjian demo --story`` finds them."""
