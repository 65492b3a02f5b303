# SPDX-License-Identifier: AGPL-3.0-or-later
"""Patrols, what was found on them, and help with traffic; the log book writes itself from these.

Legal basis: Law 30/2023/QH15 Art. 12 (patrol, traffic safety, mobilised duty), Art. 5(1)(b)
(commune police assign), Art. 23(2) (a duty without an assignment or plan can be recorded but is
not paid). The force never stops vehicles, checks papers or fines.

Words: a *patrol* is one team, one plan, one shift with start and end, counted once whatever the
number of members, on the Vietnamese day on which it began; a *finding* is something seen that looks
like a violation and is handed to commune police; *traffic help* is guidance, clearing a jam, or
help at an accident. A *track* is kept 30 days, then only duration and distance.

Start with `models.py`, `rules.py`, `actions.py`.
"""
