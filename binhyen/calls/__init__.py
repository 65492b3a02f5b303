# SPDX-License-Identifier: AGPL-3.0-or-later
"""Calls for help: a member asks, leader and commune police answer, everybody of the team sees it.

A call is recorded however late it arrives; what is old says so and raises no alarm. It names who
called and where, so a list shows neither, and opening one is recorded. Start with `actions.py`.
"""
