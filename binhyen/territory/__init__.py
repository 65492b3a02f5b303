# SPDX-License-Identifier: AGPL-3.0-or-later
"""Nation, provinces, communes and villages, with dates and lineage.

Legal basis: Resolution 202/2025/QH15 (34 provinces), the Standing Committee's resolutions on
communes of 2025, Decision 19/2025/QĐ-TTg (codes), the changes of 2026 in `data/territory`.

Words: a *territory* is one unit for its whole life, under one official code; its *designation* is
the name and kind that it carries for some days; *lineage* links a unit to those it came from. A
*village* is a self-managed community below a commune (thôn or tổ dân phố), no administrative unit:
it carries the commune's code and a serial. Records keep the territory of their day.

Start with `models.py`, then `reference.py` (what ships in `data/`) and `queries.py`.
"""
