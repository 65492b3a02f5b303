# SPDX-License-Identifier: AGPL-3.0-or-later
"""What `binhyen doctor` says about the keys that seal second factors."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.utils.translation import override

from binhyen.office.health import Grade, findings
from tests.cast import an_account


@pytest.mark.parametrize(
    ("keys", "https", "grade"),
    [("", True, Grade.WRONG), ("", False, Grade.WARNING), ("k" * 40, True, Grade.GOOD)],
)
def test_the_doctor_says_where_the_key_lies(db, settings, keys, https, grade):
    settings.ENV = settings.ENV.model_copy(update={"sealing_keys": keys, "https": https})
    with override("en"):
        found = {one.what: one.grade for one in findings()}
    about = [kept for what, kept in found.items() if "seal second" in what or "sealed with" in what]
    assert about == [grade]


def test_the_doctor_counts_second_factors_that_no_key_opens(officer, db, settings):
    TOTP.activate(an_account(officer), "JBSWY3DPEHPK3PXP")
    settings.SEALING_KEYS = ["n" * 40]
    with override("en"):
        found = [one for one in findings() if "not here" in one.what]
    assert [one.grade for one in found] == [Grade.WRONG]
    assert found[0].what.startswith("1 ")
