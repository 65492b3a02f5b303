# SPDX-License-Identifier: AGPL-3.0-or-later
"""allauth's passkey forms, made to refuse what no browser sends instead of breaking over it."""

import struct
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn import forms as webauthn
from django.utils.translation import gettext_lazy as _

_MALFORMED = (KeyError, TypeError, ValueError, AttributeError, IndexError, struct.error)
"""What the parsers of allauth and fido2 raise over an answer that is no answer of a passkey."""


class _Parsed:
    def clean_credential(self) -> Any:
        """The credential, or the refusal that a wrong one gets."""
        try:
            return super().clean_credential()  # type: ignore[misc]
        except _MALFORMED as error:
            raise get_adapter().validation_error("incorrect_code") from error


class LoginForm(_Parsed, webauthn.LoginWebAuthnForm):  # type: ignore[misc]
    """Signing in with a passkey alone."""


class AuthenticateForm(_Parsed, webauthn.AuthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey as the second step."""


class ReauthenticateForm(_Parsed, webauthn.ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey as the confirmation that it is still the same person."""


class _Named:
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["name"].label = _("Name of the passkey")  # type: ignore[attr-defined]


class EditForm(_Named, webauthn.EditWebAuthnForm):  # type: ignore[misc]
    """Another name for a passkey."""


class AddForm(_Named, webauthn.AddWebAuthnForm):  # type: ignore[misc]
    """A new passkey."""

    def clean(self) -> Any:
        """The whole answer of the browser, or the refusal that a wrong one gets."""
        try:
            return super().clean()
        except _MALFORMED as error:
            raise get_adapter().validation_error("incorrect_code") from error
