# SPDX-License-Identifier: AGPL-3.0-or-later
"""The synthetic commune, province and nation: invented people, real places, seeded.

Calibrated by `data/calibration`; every person is invented. Start with `world.py`.
"""
