# SPDX-License-Identifier: AGPL-3.0-or-later
"""Art. 13: who may serve, clause by clause."""

import numpy as np
from openfisca_core.periods import Period
from openfisca_core.populations import Population

from binhyen.law.engine import Ints, Parameters
from binhyen.law.entities import OfClaim

ART_13 = "Law 30/2023/QH15 Art. 13"
_ATTESTED = 2
_PRIMARY, _LOWER_SECONDARY = 1, 2


class age_fits(OfClaim):
    label = "18 to 70 years old, or over 70 with a decision of the chair"
    reference = f"{ART_13}(1)"

    @staticmethod
    def formula_2024_07(one: Population, period: Period, parameters: Parameters) -> Ints:
        known, age = parameters(period).standards, one("age", period)
        in_time = age <= known.age_without_decision
        decided = one("over_age_decision", period) > 0
        return np.where((age >= known.least_age) & (in_time | decided), 1, 0)


class conduct_fits(OfClaim):
    label = "Clear background and good conduct, attested by commune police with one yes"
    reference = f"{ART_13}(2)"

    @staticmethod
    def formula_2024_07(one: Population, period: Period, parameters: Parameters) -> Ints:
        return np.where(one("conduct", period) == _ATTESTED, 1, 0)


class education_fits(OfClaim):
    label = "Lower secondary completed, or primary in the areas that the clause names"
    reference = f"{ART_13}(3)"

    @staticmethod
    def formula_2024_07(one: Population, period: Period, parameters: Parameters) -> Ints:
        education = one("education", period)
        eased = (education >= _PRIMARY) & (one("eased_area", period) > 0)
        return np.where((education >= _LOWER_SECONDARY) | eased, 1, 0)


class residence_fits(OfClaim):
    label = "Lives there regularly for a year or more, or is a priority case of Art. 15(3)"
    reference = f"{ART_13}(4)"

    @staticmethod
    def formula_2024_07(one: Population, period: Period, parameters: Parameters) -> Ints:
        least = parameters(period).standards.residence_months
        long = one("residence_months", period) >= least
        prior = one("has_priority", period) > 0
        return np.where((one("resides", period) > 0) & (long | prior), 1, 0)


class health_fits(OfClaim):
    label = "Certified healthy by a lawful medical facility"
    reference = f"{ART_13}(5)"

    @staticmethod
    def formula_2024_07(one: Population, period: Period, parameters: Parameters) -> Ints:
        return np.where(one("health_certificate", period) > 0, 1, 0)


class may_serve(OfClaim):
    label = "Meets every standard"
    reference = ART_13

    @staticmethod
    def formula_2024_07(one: Population, period: Period, parameters: Parameters) -> Ints:
        found = one("age_fits", period)
        for clause in ("conduct", "education", "residence", "health"):
            found = found * one(f"{clause}_fits", period)
        return found
