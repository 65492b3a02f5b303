# SPDX-License-Identifier: AGPL-3.0-or-later
"""Users and their dated appointments: who holds which role where, from when to when.

Legal basis: Law 30/2023/QH15 Art. 5 (the commune People's Committee manages, the commune police
direct, others coordinate: three authorities that stay three) and Art. 14; Decree 184/2025/NĐ-CP
(two tiers). Access follows `core.actors`: rights end at the next request.

Words: an *appointment* is a role at a territory (and team) with dates; an *acting* appointment
always has an end. A *token* lets a program do less than its owner, in less area, until a day.

Start with `choices.py`, `permissions.py`, then `models.py`.
"""
