# SPDX-License-Identifier: AGPL-3.0-or-later
"""Acts that need two persons: one asks and says why, another approves, and it is done once.

Legal basis: Law 91/2025/QH15 Art. 3 (personal data is protected against being taken away without
need); the project's own rule that bulk exports need two people and a fresh strong check.

Words: an *approval* is one request with its answer; the *second person* is somebody else who holds
the right to answer at that place; an approval *lapses* after its last day, unused or unanswered.

Start with `rules.py`, then `actions.py`; `exports.py` is the gate that lists call.
"""
