# SPDX-License-Identifier: AGPL-3.0-or-later
# What `law` uses of OpenFisca-Core, with its types; the package declares none for these parts.
