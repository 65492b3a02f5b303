# SPDX-License-Identifier: AGPL-3.0-or-later
"""Rules as code: what the law and a province's values give a member or a team, and why.

Legal basis: Law 30/2023/QH15 (from 2024-07-01), Decree 40/2024/NĐ-CP, Circular 14/2024/TT-BCA. Law
118/2025/QH15 changes Law 30/2023 from 2026-07-01; its text was not at hand, so the rules go on
unchanged, as `docs/conformance.md` says, article by article. What a source did not show is asked
for at run time or answered with "no value", never with a constant.

Words: a *fact* is a whole number about one member's month (or a team) that the caller counted; a
*value* is what a resolution set for a *zone* (the communes and days in which the same values hold)
and a role; an *item* is one thing that can be paid; its *outcome* says whether it is paid, not due,
without a value in force, or refused and why.

Money is whole đồng, always. (1) No variable is a float: `engine.Whole`, the parent of all, refuses
it, and keeps 64-bit integers where OpenFisca would keep 32. (2) Facts, values and parameters are
checked to be whole and within bounds that no product of a formula can leave 64 bits with.
(3) Shares are whole hundredths, divided once, by the one rounding function (`core.money`).
(4) What leaves a formula is checked to be whole, not negative and below 2,147,483,648; a larger
amount is refused for that item and member. (5) Sums are made outside, in Python's integers or
64 bits. `tests/test_whole.py` compares all of it with exact fractions.

Start with `api.py`: `compute_month(facts, values, month)` for any number of members at once,
`compute_claims` for Art. 24, `compute_candidates` for Art. 13. The engine (OpenFisca-Core) is
loaded when something is first computed, so that pages do not wait for it; `choices.py`, `words.py`,
`strength.py`, `equipment.py` and `limits.py` do without it. The shape is OpenFisca's:
`entities.py`, `variables/` with one file for a group of articles, `parameters/*.yaml` with the
nation's values, `tests/*.yaml` with cases that a jurist can write.
"""
