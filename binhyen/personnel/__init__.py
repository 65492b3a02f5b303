# SPDX-License-Identifier: AGPL-3.0-or-later
"""The force's own people: recognised and ended by decision, with every role they held.

Legal basis: Law 30/2023/QH15 Art. 13 (standards), 16 (roles), 17(3) (the four grounds for ending);
Circular 14/2024/TT-BCA Art. 4 and 5(3). The selection procedure comes later.

Words: a *member* is a person's file; a *membership* is that person in one team and village from a
recognition to an ending; a *role* (leader, deputy, member) is held on dated days, so that any past
day answers who held what. Members have files; residents have none, here or anywhere.

A phone number stays in the file after the membership ends, until the retention job removes it. The
end of a role ends the account's rights of that role (`rights.py`). A file opens through
`readings.open_file`, which records the reading first; tables come in through `imports.py`.

Start with `models.py`, then `actions.py` with its `rules.py` and `checks.py`.
"""
