"""What is asked about the first administrator, as an option or at the terminal."""

from __future__ import annotations

import click

from domain.document import DocumentKind

NAME = "姓名 / name"
DOCUMENT_KIND = "证件种类 / kind of identity document"
DOCUMENT_NUMBER = "证件号码 / document number"
LOGIN = "登录名 / login"
KINDS = click.Choice([kind.value for kind in DocumentKind])
