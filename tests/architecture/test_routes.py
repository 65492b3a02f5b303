# SPDX-License-Identifier: AGPL-3.0-or-later
"""No page and no operation without a row in the policy, or a reason why it needs none."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from binhyen.api.root import api
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


def is_of_ninja(view: Callable[..., Any]) -> bool:
    """Whether a view belongs to the API, whose operations are looked at one by one."""
    target = getattr(view, "func", view)
    return bool(target.__module__.startswith("ninja."))


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


def test_name_of_route_leads_to_one_view() -> None:
    """Two views under one name would make every link to them a matter of luck."""
    views: dict[str, set[str]] = {}
    for _address, pattern in routes():
        view = pattern.callback
        if pattern.name and not is_foreign(view) and not is_of_ninja(view):
            views.setdefault(pattern.name, set()).add(f"{view.__module__}.{view.__qualname__}")
    assert not {name: found for name, found in views.items() if len(found) > 1}
