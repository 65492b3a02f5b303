# SPDX-License-Identifier: AGPL-3.0-or-later
"""Journeys in a real browser against a real server process. See `conftest.py` for the parts."""
