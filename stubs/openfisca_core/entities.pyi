# SPDX-License-Identifier: AGPL-3.0-or-later
class Entity:
    def __init__(self, key: str, plural: str, label: str, doc: str) -> None: ...

class GroupEntity:
    def __init__(
        self, key: str, plural: str, label: str, doc: str, roles: list[dict[str, str]]
    ) -> None: ...
