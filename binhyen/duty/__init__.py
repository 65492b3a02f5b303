# SPDX-License-Identifier: AGPL-3.0-or-later
"""The duty roster: who serves when, who is away, who changes with whom.

Legal basis: Law 30/2023/QH15 Art. 12 (patrol, mobilised duty), Art. 5(1)(b) (commune police
assign), Art. 16(4) (a member works under the assignment of leader and deputy), Art. 23(2) (a duty
without an assignment or plan of a competent person is not paid).

Words: a *shift* is a stretch of duty of one team (a patrol, standing by at the post, an event) with
the number of members it needs; an *assignment* puts a member on a shift and waits to be
acknowledged; *leave* says from when to when a member is not to be assigned, and no more about why
than a word from a short list; a *swap* offers one's assignment to a colleague and counts when
leader or police approve it. A roster is a plan: what was done stands in patrols and the log book.

A finding of the rules is shown before anything is saved; some forbid, others only warn. The rules
speak of shifts, never of how good a member is.

Start with `rules.py`, `models.py`, `checks.py`, `actions.py`.
"""
