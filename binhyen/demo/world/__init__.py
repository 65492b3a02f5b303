# SPDX-License-Identifier: AGPL-3.0-or-later
"""The synthetic country: real places, invented people, no database.

Everything follows from a seed and a moment ("now"). Each commune draws from streams of its own,
keyed by seed, commune and subject, so its data is the same whatever else is made. What lies before
"now" never depends on it: a later "now" only adds days and finishes what was open.

Start with `plan.py` (how many of everything, calibrated), then `commune.py` (one commune in full).
"""
