"""The append: how the events of a command come into the record, or why they do not.

From a request over its leaves and its plan to one call of SQL function ``append``, shared by the
threads of a process, and the flush behind it.
Here never belongs a second way in.
"""
