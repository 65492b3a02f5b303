# SPDX-License-Identifier: AGPL-3.0-or-later
"""The closed lists of claims as programs meet them, each described where it stands."""

from typing import Annotated

from binhyen.claims.choices import (
    Appellant,
    Channel,
    Harm,
    Kind,
    Left,
    Means,
    Outcome,
    Paper,
    Present,
    Recipient,
    State,
)
from binhyen.core.api_fields import inline

ClaimAppellant = Annotated[Appellant, inline(Appellant)]
ClaimChannel = Annotated[Channel, inline(Channel)]
ClaimHarm = Annotated[Harm, inline(Harm)]
ClaimKind = Annotated[Kind, inline(Kind)]
ClaimLeft = Annotated[Left, inline(Left)]
ClaimMeans = Annotated[Means, inline(Means)]
ClaimOutcome = Annotated[Outcome, inline(Outcome)]
ClaimPaperKind = Annotated[Paper, inline(Paper)]
ClaimPresent = Annotated[Present, inline(Present)]
ClaimRecipient = Annotated[Recipient, inline(Recipient)]
ClaimState = Annotated[State, inline(State)]
