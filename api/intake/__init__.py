"""Lists of applicants as they come in: from the octets of a file to rows, or to what is wrong.

Here belongs how a spreadsheet is read and what its cells have to hold.
Here never belongs whether somebody may open accounts, or what the record says of a row: that is
the act's. Nothing here ever repeats what a cell holds: errors name rows and columns.
"""
