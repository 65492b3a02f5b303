# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pay: what each member is due for a month, on sheets that are made, checked, approved and paid.

Legal basis: Law 30/2023/QH15 Art. 23 and 26 (items; the commune's budget pays what the province
set); Art. 23(2): a duty is paid only under an assignment, a plan or a mobilisation. The amounts
come from `law` with the values of `norms`; this app brings the facts and keeps the papers.

Words: a *sheet* is the paper of one commune for one calendar month, frozen with the values it was
computed from; a *slip* is one member's part of it; a *line* is one item of a slip with its article,
value and facts; a *correction* is a sheet of differences beside one that was approved; a *counted
duty* is a patrol or shift that a line counted, once and for one item, ever; *set aside* is a duty
that was recorded and not paid, with the reason; a *noted day* is one of training or with costs
outside the area, which no patrol or shift records; a *contest* is what a member
says about a record.

What leaves: `papers.py` writes the payment sheet, the *list to sign* of those paid in cash and the
sums by item, `papers_slip.py` one member's paper, `bank.py` the transfers; `taking.py` notes each.

Our own rules, where law and resolutions are silent: duties of one night are one night, those of one
day one day; a duty that could count for several items counts for the one that pays most while its
cap leaves room; who served in several communes in a month is paid by the one of the last day, each
part at the values of its place.

Start with `rules.py` (which duty counts for what), then `gathering.py`, `computing.py` and
`actions.py`.
"""
