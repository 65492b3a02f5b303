# SPDX-License-Identifier: AGPL-3.0-or-later
"""No page and no operation without a row in the policy, or a reason why it needs none."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from ninja import NinjaAPI

from binhyen.core.actors import POLICY
from binhyen.core.api import OPERATIONS
from binhyen.core.guards import guard_of
from tests.architecture.source import layers

FOREIGN = {
    "allauth.": "signing in and the second factor have guards of their own",
    "django.views.i18n.": "choosing the language is for everybody",
}
"""Views of libraries, with the reason."""


def routes(
    resolver: URLResolver | None = None, prefix: str = ""
) -> Iterator[tuple[str, URLPattern]]:
    for pattern in (resolver or get_resolver()).url_patterns:
        address = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern, address)
        else:
            yield address, pattern


def api_of(view: Callable[..., Any]) -> Any:
    """The API object behind one of its views; None for a page."""
    cells = [view, getattr(view, "__self__", None), getattr(view, "func", None)]
    owners = [getattr(cell, "api", None) for cell in cells if cell is not None]
    return next((owner for owner in owners if isinstance(owner, NinjaAPI)), None)


def is_of_ninja(view: Callable[..., Any]) -> bool:
    return view.__module__.startswith("ninja.") or api_of(view) is not None


def is_foreign(view: Callable[..., Any]) -> bool:
    target = getattr(view, "view_class", view)
    return any(f"{target.__module__}.".startswith(begin) for begin in FOREIGN)


PAGES = [
    pytest.param(pattern.callback, id=address or "start")
    for address, pattern in routes()
    if not is_foreign(pattern.callback) and not is_of_ninja(pattern.callback)
]


@pytest.mark.parametrize("view", PAGES)
def test_page_is_guarded(view: Callable[..., Any]) -> None:
    guard = guard_of(view)
    assert guard, f"{view.__module__}.{view.__qualname__}: use signed_in(VERB) or public(reason)"


@pytest.mark.parametrize("view", PAGES)
def test_guard_names_verbs_that_some_role_holds(view: Callable[..., Any]) -> None:
    guard = guard_of(view)
    verbs = guard if isinstance(guard, tuple) else ()
    assert not [verb.key for verb in verbs if verb.key not in POLICY.verbs]


def operations() -> list[Any]:
    """Every operation of the API, with its method and path."""
    try:
        from binhyen.api.root import api
    except ImportError:
        return []
    return [
        pytest.param(operation.view_func, id=f"{'/'.join(operation.methods)} {prefix}{path}")
        for prefix, router in api._routers
        for path, view in router.path_operations.items()
        for operation in view.operations
    ]


@pytest.mark.parametrize("view", operations())
def test_operation_is_guarded(view: Callable[..., Any]) -> None:
    layer: Callable[..., Any] | None = view
    while layer is not None and layer not in OPERATIONS:
        layer = getattr(layer, "__wrapped__", None)
    guarded = layer is not None or guard_of(view)
    assert guarded, f"{view.__module__}.{view.__qualname__}: use operation(VERB)"


def test_policy_names_its_verbs_after_its_apps() -> None:
    apps = set(layers())
    assert not [key for key in POLICY.verbs if key.split(".")[0] not in apps]


def test_addresses_name_places_and_things_once() -> None:
    """Two routes with one name would make every link to it a matter of luck."""
    names = [
        (pattern.name, address)
        for address, pattern in routes()
        if pattern.name and not is_foreign(pattern.callback) and not is_of_ninja(pattern.callback)
    ]
    seen: dict[str, str] = {}
    twice = []
    for route_name, address in names:
        if seen.setdefault(route_name, address) != address:
            twice.append(f"{route_name}: {seen[route_name]} and {address}")
    assert not twice
