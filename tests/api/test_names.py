# SPDX-License-Identifier: AGPL-3.0-or-later
"""The API's description knows schemas by short names: no two may share one."""

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from ninja import Router

from binhyen.api.root import api


def models(router: Router) -> Iterator[tuple[str, Any]]:
    """What the operations of a router take and answer."""
    for view in router.path_operations.values():
        for operation in view.operations:
            yield from (("validation", one) for one in operation.models)
            yield from (("serialization", one) for one in operation.response_models.values() if one)


def test_no_two_schemas_share_a_name():
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for _prefix, router in api._routers:
        for mode, model in models(router):
            for name, body in model.model_json_schema(mode=mode).get("$defs", {}).items():
                found[mode, name].add(json.dumps(body, sort_keys=True, default=str))

    assert {name for (_mode, name), bodies in found.items() if len(bodies) > 1} == set()
    assert len(found) > 100
