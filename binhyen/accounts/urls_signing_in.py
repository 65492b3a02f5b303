# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses of allauth's pages that are in use, one by one.

What is not listed does not exist here: signing up, addresses of email, resetting a password by
email. Each listed view keeps allauth's own check of who may open it.
"""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import path

from binhyen.core.guards import public

_SIGNING_IN = public("signing in and out comes before any right")
_OWN_SECURITY = public("one's own second factor; allauth asks for the account and a fresh sign-in")

urlpatterns = [
    path("login/", _SIGNING_IN(account.login), name="account_login"),
    path("logout/", _SIGNING_IN(account.logout), name="account_logout"),
    path("inactive/", _SIGNING_IN(account.account_inactive), name="account_inactive"),
    path("confirm/", _SIGNING_IN(account.reauthenticate), name="account_reauthenticate"),
    path("password/", _OWN_SECURITY(account.password_change), name="account_change_password"),
    path("second-factor/", _OWN_SECURITY(mfa.index), name="mfa_index"),
    path("second-factor/ask/", _SIGNING_IN(mfa.authenticate), name="mfa_authenticate"),
    path("second-factor/confirm/", _SIGNING_IN(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("app/activate/", _OWN_SECURITY(totp.activate_totp), name="mfa_activate_totp"),
    path("app/deactivate/", _OWN_SECURITY(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("codes/", _OWN_SECURITY(recovery_codes.view_recovery_codes),
         name="mfa_view_recovery_codes"),
    path("codes/new/", _OWN_SECURITY(recovery_codes.generate_recovery_codes),
         name="mfa_generate_recovery_codes"),
    path("codes/download/", _OWN_SECURITY(recovery_codes.download_recovery_codes),
         name="mfa_download_recovery_codes"),
    path("passkeys/", _OWN_SECURITY(webauthn.list_webauthn), name="mfa_list_webauthn"),
    path("passkeys/add/", _OWN_SECURITY(webauthn.add_webauthn), name="mfa_add_webauthn"),
    path("passkeys/login/", _SIGNING_IN(webauthn.login_webauthn), name="mfa_login_webauthn"),
    path("passkeys/confirm/", _SIGNING_IN(webauthn.reauthenticate_webauthn),
         name="mfa_reauthenticate_webauthn"),
    path("passkeys/<int:pk>/edit/", _OWN_SECURITY(webauthn.edit_webauthn),
         name="mfa_edit_webauthn"),
    path("passkeys/<int:pk>/remove/", _OWN_SECURITY(webauthn.remove_webauthn),
         name="mfa_remove_webauthn"),
]  # fmt: skip
