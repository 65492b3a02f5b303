# SPDX-License-Identifier: AGPL-3.0-or-later
"""`POST /sync/claim`: a phone that was enrolled anew names the device that a restore lost."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _

from binhyen.accounts.actions_devices import know_again
from binhyen.accounts.queries_devices import actor_on_phone
from binhyen.core import clock
from binhyen.sync.endpoints import Problem, body_of, endpoint, phone_of
from binhyen.sync.epochs import current_epoch
from binhyen.sync.wire import check_signed, moment_text

LARGEST = 4 * 1024


@endpoint("a phone shows its token, and signs with the key of the device that was lost")
def claim(request: HttpRequest) -> dict[str, Any]:
    """Know a device again for the person who holds its key."""
    device = phone_of(request)
    body = body_of(request, LARGEST)
    parts = [body.get(name) for name in ("device", "key", "sig")]
    if len(body) != len(parts) + 1 or body.get("v") != 1 or not all(
        isinstance(part, str) for part in parts
    ):  # fmt: skip
        raise Problem(422, _("The claim is not whole. Update the app."))
    lost, key, sig = map(str, parts)
    try:
        lost_id = UUID(lost)
    except ValueError as error:
        raise Problem(422, _("The claim is not whole. Update the app.")) from error
    check_signed(f"binhyen claim 1 {lost_id} {device.pk}", sig, key)
    by = actor_on_phone(device.user, clock.today())
    found = know_again(by=by, device=device, lost_id=lost_id, key=key)
    return {"device": str(found.pk), "epoch": str(current_epoch()),
            "server_time": moment_text(clock.now())}  # fmt: skip
