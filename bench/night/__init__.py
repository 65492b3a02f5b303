# SPDX-License-Identifier: AGPL-3.0-or-later
"""The nation at 22:00: every team's phone starts a patrol within ten minutes.

`python -m bench.night` gives the leaders of a loaded demo a phone each (`phones`), starts the
product's own server, lets a process of its own send signed starts at planned moments, whatever the
answers (`sender`), and measures from the planned moment to the answer. Beside it the same rows go
through a bare endpoint (`bare`) on the same server program, which shows what right, receipt and
event cost.
"""
