# SPDX-License-Identifier: AGPL-3.0-or-later
"""The API's root: one address, one way to sign in, one shape of refusal."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.renderers import BaseRenderer
from ninja.security import HttpBearer

from binhyen.accounts.queries import actor_for_token
from binhyen.core import clock
from binhyen.core.actors import Actor
from binhyen.core.api import Problem
from binhyen.core.errors import Forbidden, Refused
from binhyen.incidents.api import router as reports
from binhyen.indicators.api import router as figures
from binhyen.patrols.api import router as patrols
from binhyen.personnel.api import router as people
from binhyen.teams.api import router as teams
from binhyen.territory.api import router as places


class TokenAuth(HttpBearer):
    """`Authorization: Bearer …` with a key made on the account page."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        """The token's owner, narrowed to its area, verbs and day; None if it is not good."""
        actor = actor_for_token(token, on=clock.today())
        request.actor = actor  # type: ignore[attr-defined]
        return actor


class Renderer(BaseRenderer):
    """JSON that keeps Vietnamese letters as they are."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        """The bytes of one answer."""
        return json.dumps(data, ensure_ascii=False, separators=(",", ":"), default=str).encode()


api = NinjaAPI(
    title="Bình Yên",
    version="1",
    description="What grassroots security and order teams do. Places, never persons.",
    auth=TokenAuth(),
    renderer=Renderer(),
    docs_url=None,
    urls_namespace="api",
)


def _problem(request: HttpRequest, status: int, kind: str, title: str, detail: str,
             field: str = "") -> HttpResponse:  # fmt: skip
    problem = Problem(type=kind, title=title, status=status, detail=detail, field=field)
    response = api.create_response(request, problem.model_dump(), status=status)
    response["Content-Type"] = "application/problem+json"
    return response


@api.exception_handler(Forbidden)
def _on_forbidden(request: HttpRequest, error: Any) -> HttpResponse:
    what, why, remedy = Forbidden().sentences()
    return _problem(request, 404, "not_found", what, f"{why} {remedy}")


@api.exception_handler(Refused)
def _on_refused(request: HttpRequest, error: Any) -> HttpResponse:
    what, why, remedy = error.sentences()
    return _problem(request, 422, type(error).__name__, what, f"{why} {remedy}", error.field)


@api.exception_handler(ValidationError)
def _on_bad_shape(request: HttpRequest, error: Any) -> HttpResponse:
    first = error.errors[0] if error.errors else {}
    field = ".".join(str(part) for part in first.get("loc", ())[2:])
    detail = str(first.get("msg", ""))
    return _problem(request, 422, "bad_shape", _("The request was not understood."), detail, field)


@api.exception_handler(AuthenticationError)
def _on_no_token(request: HttpRequest, error: Any) -> HttpResponse:
    return _problem(request, 401, "no_token", _("Nobody is signed in."),
                    _("Send a key that is in force: Authorization: Bearer …"))  # fmt: skip


@api.exception_handler(HttpError)
def _on_http_error(request: HttpRequest, error: Any) -> HttpResponse:
    return _problem(request, error.status_code, "bad_request",
                    _("The request was not understood."), str(error))  # fmt: skip


for address, router in (
    ("/places", places),
    ("/teams", teams),
    ("/people", people),
    ("/patrols", patrols),
    ("/reports", reports),
    ("/figures", figures),
):
    api.add_router(address, router)
