# SPDX-License-Identifier: AGPL-3.0-or-later
"""The chair's decision on a claim, and the request for its missing papers, as official papers.

Legal basis: Law 30/2023/QH15 Art. 24 and 26; Decree 40/2024/NĐ-CP Art. 5 and 6; the layout of
Decree 30/2020/NĐ-CP. Each is written from the claim as it stands, so the same claim gives the same
file. Until the chair has decided, the decision says that it is a draft. Our own wording: no form of
it was published that we know of. A refusal under a number of a notice (TB) is headed as one.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from binhyen.claims.choices import Kind, Present, Recipient, State
from binhyen.claims.explaining import explained
from binhyen.claims.models import Claim, ClaimPaper
from binhyen.claims.rules import DECIDED
from binhyen.core.templatetags.show import day, number
from binhyen.entitlements.explaining import value_said
from binhyen.entitlements.papers import instrument_said, sum_said
from binhyen.norms.choices import Item
from binhyen.papers.offices import committee
from binhyen.papers.parts import (
    Ground,
    Letterhead,
    Middle,
    Note,
    Paper,
    Part,
    Signer,
    Table,
    Text,
)

_SYMBOL = "QĐ-UBND"
_NOTICE = "TB"
_DECREE = {Kind.TREATMENT: "5"}
_OTHERS = "6"


def decision_paper(claim: Claim) -> Paper:
    """The decision to grant or to refuse; before it, the draft that the chair will find."""
    grants = claim.state != State.REFUSED and claim.total > 0
    is_notice = not grants and _is_notice(claim)
    articles = list(_granting(claim) if grants else _refusing(claim, is_notice=is_notice))
    parts: list[Part] = []
    if claim.state not in DECIDED:
        parts.append(Middle(_("(DRAFT – NOT YET DECIDED)")))
    if not is_notice:
        parts.append(Middle(_("THE CHAIR OF THE PEOPLE'S COMMITTEE OF %(place)s")
                            % {"place": claim.territory.full_name.upper()}))  # fmt: skip
    parts += map(Ground, _grounds(claim))
    if not is_notice:
        parts.append(Middle(_("DECIDES:")))
    for at, (text, below) in enumerate(articles, start=1):
        lead = "" if is_notice else _("Article %(number)s.") % {"number": at}
        parts += [Text(text, lead=lead), *below]
    parts.append(Note(_("Check sum of the appraisal: %(digest)s") % {"digest": claim.digest[:16]}))
    kind = _("NOTICE") if is_notice else _("DECISION")
    return Paper(
        head=_head(claim, kind, grants=grants, last=0 if is_notice else len(articles)),
        title=f"{kind.capitalize()} – {claim.member.full_name}", parts=parts,
        made_on=claim.decided_on or claim.appraised_on or claim.on_day, digest=claim.digest,
    )  # fmt: skip


def request_paper(claim: Claim, papers: Sequence[ClaimPaper]) -> Paper:
    """What is missing, as a letter to whoever claims."""
    place = claim.territory
    asked_on = claim.asked_on or claim.on_day
    kind = _("REQUEST FOR MISSING PAPERS")
    head = committee(
        place.full_name, short_name=place.name, kind=kind, symbol="", made_on=asked_on,
        about=_("of a benefit under Article 24 of Law No. 30/2023/QH15"), signs="nobody",
    )  # fmt: skip
    missing = [one for one in papers if one.present == Present.MISSING]
    parts = [
        Text(claim.member.full_name, lead=_("Dossier of:")),
        Text(str(claim.get_kind_display()), lead=_("What is claimed:")),
        Text(day(claim.received_on), lead=_("Received on:")),
        Text(_("To go on with the dossier the People's Committee needs the following papers:")),
        *(Text(f"{one.get_paper_display()}.", lead=f"{at}.")
          for at, one in enumerate(missing, start=1)),
        Text(_("If another authority shares the data of a paper, say which: its copy is not asked"
               " for again (Article 5 of Decree No. 40/2024/NĐ-CP).")),
        Text(_("Bring or send them to the People's Committee of %(place)s, or hand them in through"
               " the National Public Service Portal. Until the last of them comes no time limit"
               " runs; then it begins anew.") % {"place": _small(place.full_name)}),
    ]  # fmt: skip
    told = "\n".join([str(claim.pk), f"{asked_on}", *(one.paper for one in missing)])
    by_hand = _("(sign, full name)")
    return Paper(
        head=replace(head, number=""), title=f"{kind.capitalize()} – {claim.member.full_name}",
        parts=parts, made_on=asked_on, digest=hashlib.sha256(told.encode()).hexdigest(),
        signers=[Signer(_("WHO CLAIMS"), by_hand), Signer(_("WHO RECEIVES DOSSIERS"), by_hand)],
    )  # fmt: skip


def _head(claim: Claim, kind: str, *, grants: bool, last: int) -> Letterhead:
    """The chair's head, with the number as it was typed; `last` is the article that names who
    carries it out.
    """
    place = claim.territory
    given, _slash, symbol = claim.decision.partition("/")
    is_plain = given.isdigit() and bool(symbol)
    about = (
        _("on granting a benefit of the force participating in protecting security and order")
        if grants
        else _("on refusing a benefit of the force participating in protecting security and order")
    )
    who = _("As in Article %(number)s") % {"number": last} if last else claim.member.full_name
    head = committee(
        place.full_name, short_name=place.name, kind=kind, about=about, signs="chair",
        symbol=symbol if is_plain else _SYMBOL, number=given if is_plain else "",
        made_on=claim.decided_on or claim.appraised_on or claim.on_day, recipients=[who],
    )  # fmt: skip
    if claim.decision and not is_plain:
        head = replace(head, number=claim.decision)
    return replace(head, signer_name=claim.decided_by_name)


def _is_notice(claim: Claim) -> bool:
    """Whether the written answer carries the number of a notice: 13/TB-UBND."""
    return claim.decision.partition("/")[2].startswith(_NOTICE)


def _grounds(claim: Claim) -> Iterator[str]:
    """The laws, each resolution with the values that were taken from it, the dossier."""
    yield _("Pursuant to Law No. 72/2025/QH15 on the Organisation of Local Government;")
    yield _("Pursuant to Article 24 of Law No. 30/2023/QH15 on the forces participating in"
            " protecting security and order at the grassroots;")  # fmt: skip
    yield _("Pursuant to Article %(article)s of Decree No. 40/2024/NĐ-CP of the Government;") % {
        "article": _DECREE.get(Kind(claim.kind), _OTHERS)
    }
    taken: dict[str, list[str]] = {}
    for value in claim.values:
        item = _small(Item(value["item"]).label)
        taken.setdefault(value["instrument"], []).append(f"{item}: {value_said(value)}")
    for instrument, said in taken.items():
        yield _("Pursuant to %(instrument)s (%(values)s);") % {
            "instrument": instrument_said(instrument), "values": ", ".join(said)
        }  # fmt: skip
    yield _("Considering the dossier received on %(received)s and its appraisal of"
            " %(appraised)s.") % {
        "received": day(claim.received_on), "appraised": day(claim.appraised_on)
    }  # fmt: skip


def _granting(claim: Claim) -> Iterator[tuple[str, list[Part]]]:
    """What is granted, to whom and how it is paid, who carries it out."""
    recipient = _recipient(claim)
    granted = _(
        "The benefit “%(kind)s” is granted concerning %(name)s, member of the security and order"
        " protection Team, %(place)s, for what happened on duty on %(day)s under assignment or"
        " plan No. %(plan)s."
    )
    yield granted % _about(claim), [_lines(claim), *sum_said(claim.total)]
    paid = _("The amount is paid to %(recipient)s. How: %(means)s. It comes from the local budget"
             " (Article 26 of Law No. 30/2023/QH15).")  # fmt: skip
    yield paid % {"recipient": recipient, "means": _small(claim.get_means_display())}, []
    yield _carried_out(recipient), []


def _refusing(claim: Claim, *, is_notice: bool) -> Iterator[tuple[str, list[Part]]]:
    """What is refused and why, how to complain, who carries it out."""
    refused = _(
        "The benefit “%(kind)s” is not granted concerning %(name)s, member of the security and"
        " order protection Team, %(place)s, for what happened on %(day)s. Reason: %(why)s"
    )
    why = claim.refused_why or " ".join(one.sentence for one in explained(claim))
    why = why or _("Nothing in the papers gives rise to an amount.")
    yield refused % (_about(claim) | {"why": f"{why.rstrip('.')}."}), []
    complain = _("Whoever does not agree may complain to the Chair of the People's Committee of"
                 " %(place)s, or bring the case to court, as the laws on complaints and on"
                 " administrative procedure say.")  # fmt: skip
    yield complain % {"place": _small(claim.territory.full_name)}, []
    if not is_notice:
        yield _carried_out(_recipient(claim)), []


def _about(claim: Claim) -> dict[str, str]:
    return {
        "kind": _small(claim.get_kind_display()), "name": claim.member.full_name,
        "place": _small(claim.territory.full_name), "day": day(claim.on_day),
        "plan": claim.plan_number,
    }  # fmt: skip


def _carried_out(recipient: str) -> str:
    words = _("This decision takes effect on the day on which it is signed. The officer in charge"
              " of the dossier, the accountant and %(recipient)s carry it out.")  # fmt: skip
    return words % {"recipient": recipient}


def _recipient(claim: Claim) -> str:
    """Who is paid, and as what."""
    if claim.recipient == Recipient.SELF:
        return claim.member.full_name
    return f"{claim.recipient_name} ({_small(claim.get_recipient_display())})"


def _small(label: object) -> str:
    """A label within a sentence."""
    said = str(label)
    return f"{said[:1].lower()}{said[1:]}"


def _lines(claim: Claim) -> Table:
    """Each benefit with the article it rests on and its arithmetic."""
    rows = [
        [str(one.item.label), capfirst(str(one.article)), one.sentence, number(one.amount)]
        for one in explained(claim)
        if one.amount
    ]
    rows.append([_("Total"), "", "", number(claim.total)])
    heads = [_("Item"), _("Legal basis"), _("How it came about"), _("Amount (đồng)")]
    return Table("", heads, rows, (3.2, 5.0, 5.9, 2.4), frozenset({0, 1, 2}), totals=1)
