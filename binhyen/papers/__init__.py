# SPDX-License-Identifier: AGPL-3.0-or-later
"""Official papers: described once, made as Word for offices to edit and as PDF to read and keep.

Legal basis: Decree 30/2020/NĐ-CP, Annex I (layout of administrative papers) and Annex III (types
and their symbols).

Words: a *paper* is a head, parts in their order and who signs; its *head* names body, number,
place and day; a *ground* is one line of "pursuant to"; an *article* opens with its number in bold.
A paper without a body that issues it is a *form*, such as a list to sign.

Start with `parts.py`; `word.py` and `pdf.py` make the files, `offices.py` knows how a People's
Committee signs.
"""
