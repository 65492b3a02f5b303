# SPDX-License-Identifier: AGPL-3.0-or-later
"""Provincial resolutions and the values they set: allowances, caps, sizes, each with its source.

Legal basis: Law 30/2023/QH15 Art. 14(3)-(4), 23, 26: levels are provincial; the nation sets few.
After the mergers of 2025 the resolutions of former provinces apply side by side, so a value holds
for a *set of communes*, and one without communes holds for nobody.

Words: a *resolution* is drafted by one person and approved by another; only what is approved pays
or caps; a *value* is a whole number with its unit; an *unverified* value was read in a secondary
source and says so.

Start with `models.py`, then `queries.value_on`.
"""
