"""Filling a record with invented provinces: who lives there, when they act, and how it is written.

Here belongs what decides by the house's own use cases and appends to a real record.
Here never belongs a measurement: that is the bench's that asks for a filled record.
"""
