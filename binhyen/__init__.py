# SPDX-License-Identifier: AGPL-3.0-or-later
"""Bình Yên: what Viet Nam's grassroots security and order teams do, in one place.

The apps stand in layers (see ARCHITECTURE.md); start reading with `teams`, the example to copy.
"""
