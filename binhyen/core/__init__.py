# SPDX-License-Identifier: AGPL-3.0-or-later
"""What every app leans on: time, money, ids, events, errors, actors. Knows nothing of our subject.

Words: an *action* is a write with `by=`; an *event* is the line it leaves in the one append-only
feed; an *actor* is who acts, with dated *standings* (role x place); a *scope* is what a query may
see; a *refusal* is a sentence that a person can act on.

Start with `actors.py` (who may do what where), then `events.py` and `errors.py`.
"""
