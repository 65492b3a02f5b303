# SPDX-License-Identifier: AGPL-3.0-or-later
"""Simulations: what a draft resolution, a national floor or central support would cost and change.

Legal basis: Law 30/2023/QH15 Art. 14(3)-(4), 23, 26 (the province sets levels and sizes, budgets
pay); the Law on Promulgation of Legislative Documents asks for the impact before a vote. The
Ministry's task of 2025: a mechanism that allocates central money to disadvantaged communes.

Words: a *basis* is what happened in months that are over, gathered once and counted: how many
members of a commune had the same month, never who; a *simulation* is one question to a basis with
its answer, frozen; *before* is what the values of the basis's last day give for a year, *after* the
same with the draft or the floor; a *floor* is the least that every member gets a month; a *gap* is
what a commune would need for the floor beyond what it pays; *support* is a sum from the centre.

Own rules: a year is the months of the basis scaled to twelve, the Tết gift once; both sides read
the base salary of one day, so that the difference is the draft's alone; who serves and what they
did stays as it was. Amounts are whole đồng and come from `law`.

Start with `rules.py` (allocation, pure), then `gathering.py`, `values.py`, `computing.py` and
`actions.py`.
"""
