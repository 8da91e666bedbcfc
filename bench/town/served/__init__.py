"""The town at a served record: several processes act over HTTP, each on what it has read so far.

Here belong the office as it looks from outside, and how a town is founded and walked through there.
Whatever is sent may be late: another process has been faster, and the answer says so.
"""
