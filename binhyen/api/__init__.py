# SPDX-License-Identifier: AGPL-3.0-or-later
"""REST with OpenAPI 3.1 through the same actions and queries as the pages.

Tokens are limited by territory, verbs and date. Start with `root.py`.
"""
