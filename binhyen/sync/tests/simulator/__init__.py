# SPDX-License-Identifier: AGPL-3.0-or-later
"""Model phones against the real server, on a network and a server that fail; a seed reproduces.

One step does one thing: somebody records, calls for help, sends, brings a piece of a recording or
pulls, packets arrive late, twice or never, the server dies before or after its commit, is restored
from a backup that does not know every phone, archives; people lose and get roles and new phones;
communes merge. After each step the invariants of `Checks.check` hold, and once everything is quiet
those of `Checks.check_quiet`.

`phone.py` is one phone by the rules of the protocol, `wire.py` what happens on the way, `life.py`
what people and the server do, `checks.py` what must hold, `world.py` all of it together.
"""

from binhyen.sync.tests.simulator.phone import Model
from binhyen.sync.tests.simulator.state import BrokenInvariantError
from binhyen.sync.tests.simulator.world import World

__all__ = ["BrokenInvariantError", "Model", "World"]
