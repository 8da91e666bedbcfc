"""Sign-in: how an account shows that it is its holder who acts.

Here belong credentials, sessions, tokens, throttling and the gate before every operation.
Here never belongs what a signed-in account may do: that is ``api.access`` and the domain.
Nothing here is a fact of the record: secrets and sessions may be forgotten.
"""

from api.signin.caller import Caller, authenticated, caller_or_nobody
from api.signin.credentials import LoginTakenError
from api.signin.directory import AccountFacts, Directory
from api.signin.sign_in import SignIn
from api.signin.tally import TallyOfDay
from api.signin.whence import Whence

__all__ = [
    "AccountFacts",
    "Caller",
    "Directory",
    "LoginTakenError",
    "SignIn",
    "TallyOfDay",
    "Whence",
    "authenticated",
    "caller_or_nobody",
]
