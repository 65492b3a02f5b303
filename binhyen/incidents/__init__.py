# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reports of what happened, the cases they lead to, and disputes noticed early.

Legal basis: Law 30/2023/QH15 Art. 7(1) (violations of law, social evils, domestic violence), 7(2)
(report at once to commune police), Art. 9 and 12; Law 35/2013/QH13 (mediation belongs to the
mediators; a team supports them).

Words: a *report* has a category, a place (never a person), when it was received and when it was
handed to commune police; a *case* is what the police confirmed, to which several reports may lead;
a *dispute* is noticed early and settled by a mediator, without its content. Reports of domestic
violence are *sealed*: commune police alone read them. Nobody can be searched by name.

Only the three categories of Art. 7(1) count as reports on security, order and social evils.
Start with `choices.py`, `models.py`, `rules.py`, `actions.py`; `words.py` scans the text, and
`queries.py` says who sees what of a sealed report.
"""
