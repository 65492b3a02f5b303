# SPDX-License-Identifier: AGPL-3.0-or-later
"""Budgets: what is planned, given, received and spent for the force in a year, and its settlement.

Legal basis: Law 30/2023/QH15 Art. 25 (the central budget buys support tools and equipment) and
Art. 26 (the local budget pays everything else: help with equipment and training, uniforms, Art.
23-24, reviews and rewards); other legal sources beside both.

Words: a *budget* is the plan of one commune or province for one year, in versions of which one
counts; a *line* is so many đồng for one item from one source; an *allocation* is a decision that
gives đồng from a budget; a *receipt* is what a fund or donor gave, in money or in kind; *spending*
is what left, by item and source; a *settlement* (quyết toán) is the year by source and item, handed
in by one person and approved by another.

Our own rules, where the law is silent: pay counts by itself, from the slips that were paid, in the
year of its month, and if that year was settled before, in the first one that is not; pay is drawn
from the sources in which the plan puts its item, in the order central, province, commune, fund,
donation, each up to what is planned, and the rest from the commune; a thing that was given counts
as received and spent at its value on the same day. Who may not see pay sheets never sees the sum of
an item that fewer than five people got: such items stand together.

Start with `rules.py` (states, drawing, forecast), then `reckoning.py` and `actions.py`.
"""
