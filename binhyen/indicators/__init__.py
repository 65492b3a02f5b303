# SPDX-License-Identifier: AGPL-3.0-or-later
"""Figures: declared once, counted by day and commune, summed up the tree, opened to the records.

Basis: what the annual review of the force reports (see docs/indicators.md); Decree 09/2019/NĐ-CP
(reporting periods), Decree 60/2018/NĐ-CP (statistical periods).

Words: an *indicator* is a declaration (`catalogue`); its *definition* is one portable SQL text that
yields the records that count, each with commune, day, part and amount; a *fact* is their sum for a
commune and a day (or month), also kept for province and nation; a *typed figure* is a number that
an authority signed. Rates are divided last. A *stock* keeps its changes by day.

Start with `catalogue.py`, then `engine.py` (fill, recount, read) and `queries.py` (explain).
"""
