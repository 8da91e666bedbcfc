"""Why mutants can't be tried."""


class MutationError(Exception):
    """Nothing could be said about any mutant; the message names the remedy."""
