"""What Mingjian can do on this machine: measurements, run by hand with ``./mingjian bench``.

Here belongs what measures, or shows a promise at a size that tests can't afford.
Here never belongs a test: nothing fails because a machine is slow.
Each bench prints a table, or with ``--json`` one object a line.
"""
