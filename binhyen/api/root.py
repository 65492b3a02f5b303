# SPDX-License-Identifier: AGPL-3.0-or-later
"""The API's root: one address, one way to sign in, one shape of refusal."""

import math
import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError
from ninja.operation import Operation
from ninja.renderers import BaseRenderer
from ninja.security import HttpBearer

from binhyen.accounts.api import access_log, appointments, keys
from binhyen.accounts.queries import actor_for_token
from binhyen.api import words
from binhyen.api.problems import as_json, not_found, problem, problem_of_status
from binhyen.api.reading import StrictParser, UnreadableBody, WrongKind
from binhyen.approvals.api import router as approvals
from binhyen.budgets.api_papers import router as budgets
from binhyen.calls.api import router as help_calls
from binhyen.claims.api_steps import router as claims
from binhyen.core import clock
from binhyen.core.actors import Actor
from binhyen.core.api import BadShape, Fault
from binhyen.core.api_limits import EVERY, seconds_to_wait, stranger_may_ask
from binhyen.core.errors import Forbidden, Missing, Refused
from binhyen.duty.api_answers import leaves, shifts, swaps
from binhyen.entitlements.api_support import router as pay
from binhyen.incidents.api_attachments import router as reports
from binhyen.incidents.api_cases import router as cases
from binhyen.incidents.api_disputes import router as disputes
from binhyen.indicators.api import router as figures
from binhyen.indicators.api_signed import router as signed_figures
from binhyen.norms.api import router as norms
from binhyen.patrols.api_attachments import router as findings
from binhyen.patrols.api_log_book import router as log_book
from binhyen.patrols.api_noted import patrols, traffic
from binhyen.personnel.api_decisions import router as people
from binhyen.reports.api import router as reviews
from binhyen.reports.api_tables import router as tables
from binhyen.simulations.api import router as simulations
from binhyen.sync.api import receipts
from binhyen.sync.api import router as phone_records
from binhyen.teams.api import router as teams
from binhyen.territory.api import router as places

_SECRET = re.compile(r"by_[A-Za-z0-9_-]{20,90}")
_MOST_FAULTS = 20


class Bearer(HttpBearer):
    """`Authorization: Bearer …` with a key made on the account page."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        """The key's owner, narrowed to its area, verbs and day; None if it is not good."""
        known = bool(_SECRET.fullmatch(token))
        actor = actor_for_token(token, on=clock.today()) if known else None
        request.actor = actor  # type: ignore[attr-defined]
        return actor


class Renderer(BaseRenderer):
    """JSON that keeps Vietnamese letters as they are."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        """The bytes of one answer."""
        return as_json(data)


class Api(NinjaAPI):
    """An API whose operations are known by the names of their functions."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """The function's name, wherever it stands: programs are generated from it."""
        return str(operation.view_func.__name__)


api = Api(
    title="Bình Yên",
    version="1",
    description="What grassroots security and order teams do. Places, never persons.",
    auth=Bearer(),
    throttle=EVERY,
    renderer=Renderer(),
    parser=StrictParser(),
    openapi_url=None,
    docs_url=None,
    urls_namespace="api",
)


@api.exception_handler(Forbidden)
def _on_forbidden(request: HttpRequest, error: Any) -> HttpResponse:
    return not_found()


@api.exception_handler(Refused)
def _on_refused(request: HttpRequest, error: Any) -> HttpResponse:
    what, why, remedy = error.sentences()
    status = 404 if isinstance(error, Missing) and _is_in_address(request, error) else 422
    detail = " ".join(part for part in (why, remedy) if part)
    return problem(status, type(error).__name__, what, detail, field=error.field)


def _is_in_address(request: HttpRequest, error: Missing) -> bool:
    """Whether the address itself names what is missing, not a field or a filter."""
    match = request.resolver_match
    named = set(match.kwargs.values()) if match else set()
    return bool(named & set(error.params.values()))


@api.exception_handler(ValidationError)
def _on_bad_fields(request: HttpRequest, error: Any) -> HttpResponse:
    faults = [
        Fault(field=_field(one["loc"]), detail=words.about_field(one["type"], one.get("ctx")))
        for one in error.errors[:_MOST_FAULTS]
    ]
    return _misunderstood("bad_shape", faults)


@api.exception_handler(BadShape)
def _on_bad_shape(request: HttpRequest, error: Any) -> HttpResponse:
    fault = Fault(field=error.field, detail=words.about_field(error.word, error.parts))
    return _misunderstood(error.word, [fault])


def _misunderstood(word: str, faults: list[Fault]) -> HttpResponse:
    first = faults[0]
    return problem(422, word, str(words.TITLE), first.detail, field=first.field,
                   errors=faults if len(faults) > 1 else ())  # fmt: skip


def _field(loc: tuple[Any, ...]) -> str:
    """Where a fault lies, as a program names it: `members.0` of `body.members.0`."""
    inner = [str(part) for part in loc[1:] if part not in {"body", "asked", "paging"}]
    return ".".join(inner)[:80]


@api.exception_handler(AuthenticationError)
def _on_no_key(request: HttpRequest, error: Any) -> HttpResponse:
    if not stranger_may_ask(request):
        answer = problem_of_status(429)
        answer["Retry-After"] = str(math.ceil(seconds_to_wait()))
        return answer
    return problem_of_status(401)


@api.exception_handler(Throttled)
def _on_too_often(request: HttpRequest, error: Any) -> HttpResponse:
    return problem_of_status(429)


@api.exception_handler(HttpError)
def _on_http_error(request: HttpRequest, error: Any) -> HttpResponse:
    cause = error.__cause__
    if isinstance(cause, WrongKind):
        return problem_of_status(415)
    if isinstance(cause, UnreadableBody):
        return problem(400, cause.word, _("The request was not understood."),
                       words.about_body(cause.word, cause.parts))  # fmt: skip
    return problem_of_status(error.status_code)


for address, router in (
    ("/places", places),
    ("/norms", norms),
    ("/pay", pay),
    ("/claims", claims),
    ("/simulations", simulations),
    ("/budgets", budgets),
    ("/teams", teams),
    ("/people", people),
    ("/patrols", patrols),
    ("/findings", findings),
    ("/roster", shifts),
    ("/leave", leaves),
    ("/help-calls", help_calls),
    ("/swaps", swaps),
    ("/phone-records", phone_records),
    ("/receipts", receipts),
    ("/traffic", traffic),
    ("/log-book", log_book),
    ("/reports", reports),
    ("/cases", cases),
    ("/disputes", disputes),
    ("/figures", figures),
    ("/figures/signed", signed_figures),
    ("/reviews", reviews),
    ("/tables", tables),
    ("/roles", appointments),
    ("/keys", keys),
    ("/access-log", access_log),
    ("/approvals", approvals),
):
    api.add_router(address, router)
