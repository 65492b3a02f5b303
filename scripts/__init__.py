# SPDX-License-Identifier: AGPL-3.0-or-later
"""Tools of the repository, run by the Makefile."""
