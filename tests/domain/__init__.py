"""What the law allows and refuses, told as given / when / then on values.

Here belong tests of the deciders: no clock, no record, no fixture of a database.
The law is an invented one, so that no test here depends on a policy pack.
"""
