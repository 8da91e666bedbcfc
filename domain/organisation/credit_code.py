"""The unified social credit code of an organisation (统一社会信用代码, GB 32100-2015).

Eighteen places: 1 the department that registers (登记管理部门), 2 the kind of organisation there
(机构类别), 3 to 8 the area of the registering authority (行政区划, digits), 9 to 17 the code of
the organisation with its own check sign (主体标识码, GB 11714), 18 the check sign of the whole.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from domain.refusal import Refusal, Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""The 31 signs of the code, each with its place as its value; I, O, S, V and Z are not used."""
_LENGTH = 18
_AREA, _OWN = slice(2, 8), slice(8, 17)
_OWN_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
"""The weights of GB 11714, section 4; its letters count from A = 10 to Z = 35."""
_DEPARTMENTS: Mapping[str, str] = MappingProxyType(
    {
        "1": "1239",  # 机构编制: 机关, 事业单位, 群众团体, 其他
        "2": "19",  # 外交
        "3": "123459",  # 司法行政: 律所, 公证处, 法律服务所, 司法鉴定机构, 仲裁委员会, 其他
        "4": "19",  # 文化
        "5": "123459",  # 民政: 社会团体, 民办非企业单位, 基金会, 居委会与村委会, 其他
        "6": "129",  # 旅游
        "7": "129",  # 宗教
        "8": "19",  # 工会
        "9": "123",  # 市场监管: 企业, 个体工商户, 农民专业合作社
        "A": "19",  # 军委改革和编制
        "N": "1239",  # 农业农村: 组级, 村级, 乡镇级集体经济组织, 其他
        "Y": "1",  # 其他, not divided further
    }
)
"""The departments of GB 32100-2015, table 2, with amendment 1 and what was assigned since; of each
the kinds of organisation that it registers."""
_HALF_WIDTH = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}


def normalised(entered: str) -> str:
    """A code as it is compared and stored: half-width, in capitals, without white space."""
    return "".join(entered.translate(_HALF_WIDTH).split()).upper()


def check_sign(first_seventeen: str) -> str:
    """The last sign of a code, by GB 32100-2015, section 5.6. Raises ``ValueError``."""
    weighed = sum(
        _SIGNS.index(sign) * pow(3, place, 31) for place, sign in enumerate(first_seventeen)
    )
    return _SIGNS[-weighed % 31]


def own_check_sign(first_eight: str) -> str:
    """The ninth sign of the code of an organisation, by GB 11714. Raises ``ValueError``."""
    weighed = sum(
        int(sign, 36) * weight for sign, weight in zip(first_eight, _OWN_WEIGHTS, strict=True)
    )
    return "0123456789X0"[11 - weighed % 11]


def read(entered: str) -> str:
    """The code as it is stored.

    Raises ``Refused`` with ``CREDIT_CODE`` where it is no code, or was mistyped.
    """
    code = normalised(entered)
    if len(code) != _LENGTH or not set(code) <= set(_SIGNS):
        raise _wrong(
            "应为 18 位数字或大写字母（不含 I、O、S、V、Z）",
            "it has 18 digits or letters, none of I, O, S, V, Z",
        )
    if code[1] not in _DEPARTMENTS.get(code[0], ""):
        raise _wrong(
            "前两位不是登记管理部门及其机构类别的代码",
            "its first two signs name no registering department and kind of organisation",
        )
    if not code[_AREA].isdecimal():
        raise _wrong(
            "第 3 至 8 位应为行政区划代码（6 位数字）",
            "its places 3 to 8 are the six digits of an administrative area",
        )
    own = code[_OWN]
    if own[-1] != own_check_sign(own[:-1]) or code[-1] != check_sign(code[:-1]):
        raise _wrong("校验码不符", "its check signs do not fit the others")
    return code


def taken(code: str, by: str) -> Refusal:
    """That a code belongs to another organisation, of which no more than the name is told."""
    return Refusal(
        "CREDIT_CODE_TAKEN",
        f"统一社会信用代码 {code} 已登记在「{by}」名下，一个代码只属于一个单位。"
        "请对照登记证书核对；单位已建档的，请使用原档案；确系对方误用的，请联系其登记机关更正。",
        f"The unified social credit code {code} is registered for “{by}”; a code belongs to one"
        " organisation alone. Compare it with the certificate; if the organisation is registered"
        " already, use that entry; if the other one uses it by mistake, have that corrected by"
        " whoever registered it.",
        pointer="/credit_code",
    )


def _wrong(chinese: str, english: str) -> Refused:
    return Refused(
        Refusal(
            "CREDIT_CODE",
            f"统一社会信用代码有误：{chinese}。请对照登记证书核对。",
            f"The unified social credit code is wrong: {english}. Compare it with the certificate.",
            pointer="/credit_code",
        )
    )
