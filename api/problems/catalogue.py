"""Every code of a problem that the front door itself answers with.

Codes of refusals come from the domain with sentences of their own and are not listed here.
A code is permanent; its sentences may be improved.
"""

from __future__ import annotations

from api.problems.of_requests import OF_REQUESTS
from api.problems.of_sign_in import OF_SIGN_IN
from api.problems.of_state import OF_STATE

CATALOGUE = {**OF_REQUESTS, **OF_SIGN_IN, **OF_STATE}
