"""``docs/access.md``: who may do and see what, by which power: for officials, from the tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.access import PUBLIC, TABLE, Act, Relation
from api.http.labels import AFFAIRS, GRANTED_BODIES, ROLES, SEATS
from api.powers import AT_HOME, BODY, POWERS
from domain.account.events import Role

if TYPE_CHECKING:
    from collections.abc import Mapping

_HEAD = """# 谁能办什么 · Who may do what

本页由 `python -m api.documents` 根据 `api/access.py`、`api/powers.py` 生成，与程序一致。

办理一件事，四项缺一不可：

1. **角色**：账号的用途（下表各列）。
2. **关系**：与所办事项的关系（下表各格）。连查看都不允许的，答复 404，如同没有此事；能查看而不能办理的，答复 403。
3. **岗位**：由谁经办、由谁决定，见 `docs/acts.md`。经办人与领导须为不同的人。
4. **职权**：本单位被授予、且覆盖所办事项（地区、级别、系列、期限）的权力。单位登记不产生职权；职权自上而下授予，一人提出、另一人确认。没有职权的，答复 403 `WITHOUT_POWER`。

本人的事项、监督人员的查看，以及标「本单位内部除外」的事项，不需要职权。

## 关系 · relations

| | 含义 |
|---|---|
| `own` | 涉及本人（以人为准，不论用哪个账号、哪份证件） |
| `seated` | 轮到本人所任岗位办理，或被指定在本案代行 |
| `dealing` | 现任本案所在或所经环节的岗位、在本案代行，或者正在核查、处理异议、复查本案 |
| `consulting` | 监督人员，已在本次登录中登记查阅本案的事由 |
| `organisation` | 属于本单位，或经过本单位办理 |
| `subordinate` | 属于本单位下级单位 |
| `jurisdiction` | 在本单位被授权监督的地区内 |
| `anywhere` | 不问关系 |

"""  # noqa: E501 -- one sentence a line
_ITS_HOLDERS = (
    "以下地址只对登录者本人的账号，不能指名他人：会话（`/v1/sessions`）、"
    "登录记录（`/v1/account/sign-ins`）、账号变动（`/v1/account/history`）、修改密码（`/v1/password`）。"
)


def current() -> str:
    """The page as it should stand."""
    return _HEAD + "\n".join(
        [
            *_words("岗位 · seats", SEATS),
            *_words("审核环节的职权 · bodies", GRANTED_BODIES),
            *_words("事项的职权 · affairs", AFFAIRS),
            "## 事项 · acts",
            "",
            "| 事项 | 职权 | " + " | ".join(ROLES[role] for role in Role) + " |",
            "|---|---|" + "---|" * len(Role),
            *(_row(act) for act in Act if act in TABLE),
            "",
            "无需登录：" + "、".join(f"`{each}`" for each in sorted(PUBLIC)) + "。",
            "",
            _ITS_HOLDERS,
            "",
        ]
    )


def _words(heading: str, names: Mapping[str, str]) -> list[str]:
    """A table of words with their Chinese names."""
    rows = [f"| `{word}` | {name} |" for word, name in names.items()]
    return [f"## {heading}", "", "| | 含义 |", "|---|---|", *rows, ""]


def _row(act: Act) -> str:
    cells = (", ".join(_relations(act, role)) for role in Role)
    return f"| `{act.value}` | {_power(act)} | " + " | ".join(cells) + " |"


def _relations(act: Act, role: Role) -> list[Relation]:
    return sorted(TABLE[act].get(role, ()))


def _power(act: Act) -> str:
    if act not in POWERS:
        return ""
    name = "该环节" if POWERS[act] == BODY else AFFAIRS[POWERS[act]]
    return f"{name}（本单位内部除外）" if act in AT_HOME else name
