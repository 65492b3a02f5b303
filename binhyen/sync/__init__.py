# SPDX-License-Identifier: AGPL-3.0-or-later
"""How phones and the server talk: signed operations come in once, whole objects go out.

`PROTOCOL.md` beside this file is the authority; `contracts/sync/` holds conversations that both
languages replay. Legal basis: Law 30/2023/QH15 Art. 7 and 12 (report at once, patrol); nothing
that a volunteer recorded is dropped by a program.

Words: an *operation* is one thing that a person did, made and signed on a phone; *quarantine* is
where an operation waits that nobody applied yet, and it has an owner; a *receipt* is the code that
tells later what an operation became; the *epoch* names a history of this database.

Start with `PROTOCOL.md`, then `wire.py` (what may come), `kinds.py` (what it does), `taking.py`.
"""
