"""Problems: how whatever goes wrong becomes an answer (RFC 9457).

Here belongs the table of every code with its status and its two sentences, the making of a
problem+json body, and the one place where exceptions become problems.
Here never belongs the decision that something is wrong: that is made where it is known.
"""

from api.problems.catalogue import CATALOGUE
from api.problems.entry import Entry
from api.problems.problem import FieldError, Language, Problem, document, too_large

__all__ = ["CATALOGUE", "Entry", "FieldError", "Language", "Problem", "document", "too_large"]
