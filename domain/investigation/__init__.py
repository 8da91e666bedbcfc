"""An investigation (核查): a suspicion taken up, heard and decided by two persons of its own.

Its stream is restricted: others see that there is one, not what it says.
"""
