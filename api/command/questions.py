"""What is asked of the two who set a record up or replace others, as an option or a prompt."""

from __future__ import annotations

import click

from domain.document import DocumentKind

NAME = "姓名 / name"
DOCUMENT_KIND = "证件种类 / kind of identity document"
DOCUMENT_NUMBER = "证件号码 / document number"
LOGIN = "登录名 / login"
KINDS = click.Choice([kind.value for kind in DocumentKind])
ORGANISATION = "系统管理单位名称 / the organisation that administers the system"
DOCUMENT = "设立文号 / number of the document by which it is set up"
REPLACING = "更换决定文号 / number of the decision to replace them"
FIRST = "第一名管理员 / first administrator:"
SECOND = "第二名管理员 / second administrator:"
