"""A person (人员): one human being, whatever accounts or documents they have.

A person is a random number; their documents are matched outside the record.
What a later filing must know of a person stands in their own stream: the filing under
review, titles held, and the integrity record.
"""
