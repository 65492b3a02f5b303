# SPDX-License-Identifier: AGPL-3.0-or-later
"""Claims: benefits after illness, accident, loss of capacity or death on duty, without insurance.

Legal basis: Law 30/2023/QH15 Art. 24; Decree 40/2024/NĐ-CP Art. 5 and 6; the steps at the commune
as Decision 8211/QD-BCA of 2025 published them: 2 working days to receive and check, 5 to appraise,
2 to decide and pay. Amounts come from `law` with the values of `norms`.

Words: an *accident* is that a member fell ill, was hurt or died on duty: who, on which day, on
which duty, and nothing medical; a *claim* is one benefit of one person for that day; its *dossier*
is the list of papers that the law asks for; *appraising* is taking the facts from the papers, from
which the amounts are computed and frozen; the *recipient* is who is paid.

Our own rules, where the texts are silent: while papers are missing no time runs, and it begins
anew when the last of them came; each step's time begins on the day on which the one before was
done; who decides neither received nor appraised, and is not the member. A dossier's list of papers
is data (`dossiers.yaml`, and the operator's own file over it), as the list for Art. 6 was not seen.

Privacy: of a person who is no member a claim holds the name where somebody has to be paid; no
relation, no address, no number, no account. Nobody searches them. What is medical stays on the
papers: a claim holds sums, days and percents.

Start with `rules.py` (states, who needs what), then `computing.py`, `actions.py` and `watch.py`,
which finds what nobody has claimed; `papers.py` writes the decision, `taking.py` notes who took it.
"""
