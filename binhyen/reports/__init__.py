# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reviews and papers that print what the figures say; whole tables that are taken away.

Layout after Decree 30/2020/NĐ-CP Annex I. Every sentence is bound to figures; a number without a
source fails a test. Start with `review.py`.
"""
