"""What a file that somebody hands in is, and whether it may be attached: told by its content alone.

Here belongs how each kind of document and picture is looked into, always in a process with limits.
Here never belongs who may upload or read: that is the act's. Nothing here ever repeats a word of
what a file holds.
"""
