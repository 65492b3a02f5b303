# SPDX-License-Identifier: AGPL-3.0-or-later
"""The rules, one file for a group of articles; a class is a variable and carries its article."""
