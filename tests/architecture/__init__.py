# SPDX-License-Identifier: AGPL-3.0-or-later
"""Tests that keep house: shape, layers, guards, and what must never be built."""
