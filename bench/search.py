# SPDX-License-Identifier: AGPL-3.0-or-later
"""The search box: fifty questions of a seeded list, as each role and over every member there is."""

import random
import time
from collections.abc import Callable, Iterator

from django.test import Client

from bench.measure import Timing, summed
from bench.pages import one_of_each_role
from binhyen.core.actors import EVERYWHERE
from binhyen.office.search import AT_MOST
from binhyen.personnel.models import Member
from binhyen.personnel.queries_names import members_named
from binhyen.teams.models import Team, TeamDecision
from binhyen.territory.models import Territory

QUESTIONS = 50
SEED = 30


def timings() -> list[Timing]:
    """Every member first, then the whole page as each role."""
    asked = questions()
    members = Member.everything.count()
    found = [
        _timed(
            "a member, over the whole database",
            lambda text: members_named(scope=EVERYWHERE, text=text, limit=AT_MOST),
            asked,
            f"{members:,} members, {len(asked)} questions, a fifth with slips",
        )
    ]
    for user in one_of_each_role():
        client = Client(headers={"host": "localhost"})
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        found.append(_timed(f"{user.username} the search page", _page(client), asked, ""))
    return found


def questions() -> list[str]:
    """Names, beginnings, given names, codes and numbers, every fifth with a slip of the finger."""
    chance = random.Random(SEED)
    names = _some(Member, "name_folded", chance)
    asked: list[str] = []
    for number in range(QUESTIONS * 3 // 5):
        words = names[number % len(names)].split()
        asked.append(
            [
                " ".join(words),
                words[-1],
                " ".join(words[-2:]),
                f"{words[0]} {words[-1]}",
                " ".join(words)[:-1],
            ][number % 5]
        )
    asked += [_slip(name, chance) for name in names[-QUESTIONS // 5 :]]
    others = [
        *_some(Team, "name_folded", chance)[:4],
        *_some(Territory, "name_folded", chance)[:3],
        *_some(Territory, "code", chance)[:2],
        *_some(TeamDecision, "number", chance)[:1],
    ]
    return [*asked, *others][:QUESTIONS]


def _some(model: type, field: str, chance: random.Random) -> list[str]:
    """Values of some rows, chosen alike on every database that holds the same records."""
    values = sorted(set(model.everything.values_list(field, flat=True)))  # type: ignore[attr-defined]
    return chance.sample(values, min(len(values), QUESTIONS))


def _slip(name: str, chance: random.Random) -> str:
    """A name with two neighbouring letters of its longest word swapped."""
    words = name.split()
    longest = max(range(len(words)), key=lambda at: len(words[at]))
    word = words[longest]
    at = chance.randrange(max(1, len(word) - 1))
    words[longest] = word[:at] + word[at : at + 2][::-1] + word[at + 2 :]
    return " ".join(words)


def _page(client: Client) -> Callable[[str], object]:
    def ask(text: str) -> object:
        answer = client.get("/search/", {"q": text})
        if answer.status_code != 200:
            raise RuntimeError(f"{text}: {answer.status_code}")
        return answer

    return ask


def _timed(name: str, ask: Callable[[str], object], asked: list[str], note: str) -> Timing:
    ask(asked[0])
    return summed(name, list(_times(ask, asked)), note)


def _times(ask: Callable[[str], object], asked: list[str]) -> Iterator[float]:
    for text in asked:
        start = time.perf_counter()
        ask(text)
        yield (time.perf_counter() - start) * 1000
