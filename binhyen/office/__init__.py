# SPDX-License-Identifier: AGPL-3.0-or-later
"""The web shell: start pages, navigation, pages that join apps.

Start with `views.py`, `context.py`, and the templates `base.html` and `office/`.
"""
