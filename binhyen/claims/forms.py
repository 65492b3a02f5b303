# SPDX-License-Identifier: AGPL-3.0-or-later
"""Forms about claims; each one's fields become the arguments of one action."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from binhyen.claims.choices import (
    Appellant,
    Channel,
    Harm,
    Kind,
    Left,
    Means,
    Outcome,
    Present,
    Recipient,
)
from binhyen.claims.dossiers import dossier_of
from binhyen.claims.models import Claim, ClaimPaper
from binhyen.claims.rules import AFTER_DEATH, FACTS, recipients_of
from binhyen.core.forms import (
    ActionForm,
    DateField,
    DongField,
    TextField,
    WholeNumberField,
    field_of,
)
from binhyen.core.templatetags.show import moment
from binhyen.duty.models import Shift
from binhyen.law.fact_lists import CLAIM_FACTS
from binhyen.patrols.models import Patrol

_ACCOUNT = _("Never write an account number here; the paying body has it.")
_NO_DUTY = ("", _("another assignment"))


class AccidentForm(ActionForm):
    """What happened to a member on which duty."""

    submit_label = _("Note it")
    harm = forms.ChoiceField(label=pgettext_lazy("claim", "What happened"), choices=Harm.choices)
    on_day = DateField(label=_("Day"))
    duty = forms.ChoiceField(label=_("On which duty"), required=False)
    plan_number = TextField(
        label=_("Plan or assignment"), max_length=60, required=False,
        help_text=_("Only if the duty is not in the list, or carries no number."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, patrols: Sequence[Patrol], shifts: Sequence[Shift], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.duties: dict[str, dict[str, Any]] = {}
        choices: list[tuple[str, str | Promise]] = [_NO_DUTY]
        for patrol in patrols:
            self.duties[f"patrol-{patrol.pk}"] = {"patrol": patrol}
            begun = moment(patrol.started_at or patrol.planned_start)
            choices.append((f"patrol-{patrol.pk}", f"{begun}, {patrol.route}"))
        for shift in shifts:
            self.duties[f"shift-{shift.pk}"] = {"shift": shift}
            choices.append((f"shift-{shift.pk}", f"{moment(shift.starts_at)}, {shift.place}"))
        field_of(self, "duty", forms.ChoiceField).choices = choices

    def values(self) -> dict[str, Any]:
        """The duty as a patrol or a shift."""
        values = super().values()
        return values | self.duties.get(values.pop("duty"), {})


class LeaveForm(ActionForm):
    """Why no claim follows."""

    submit_label = _("Close it without a claim")
    left = forms.ChoiceField(label=_("Why no claim follows"), choices=Left.choices)


class DraftForm(ActionForm):
    """What is claimed for which day."""

    submit_label = _("Draft the claim")
    kind = forms.ChoiceField(label=_("What is claimed"))
    on_day = DateField(label=_("Day of the illness, accident or death"))

    def __init__(self, *args: Any, own: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        kinds = [one for one in Kind if not (own and one in AFTER_DEATH)]
        field_of(self, "kind", forms.ChoiceField).choices = [(one, one.label) for one in kinds]


class OneKindForm(ActionForm):
    """Drafting what a finding named."""

    submit_label = _("Draft the claim")


class SignForm(ActionForm):
    """Signing one's own application."""

    submit_label = _("Sign and hand it in")


class WithdrawForm(ActionForm):
    """Taking a claim back."""

    submit_label = _("Withdraw the claim")


class ReceiveForm(ActionForm):
    """Receiving a signed claim with its papers."""

    submit_label = _("Receive the claim")
    signed_on = DateField(label=_("Application signed on"))
    received_on = DateField(label=pgettext_lazy("claim", "Received on"))
    channel = forms.ChoiceField(label=_("How it came in"), choices=Channel.choices)
    recipient = forms.ChoiceField(label=_("Who is paid"))
    recipient_name = TextField(
        label=_("Name of who is paid"), max_length=120, required=False,
        help_text=_("Only if it is not the member; nothing else about this person is kept."),
    )  # fmt: skip
    means = forms.ChoiceField(label=_("How it is paid"), choices=Means.choices, help_text=_ACCOUNT)
    papers = forms.MultipleChoiceField(
        label=_("Papers that came"), required=False, widget=forms.CheckboxSelectMultiple
    )
    shared = forms.MultipleChoiceField(
        label=_("Papers whose data an authority shares"), required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Copies of these are not asked for (Decree 40/2024/NĐ-CP Art. 5)."),
    )  # fmt: skip

    def __init__(self, *args: Any, claim: Claim, **options: Any) -> None:
        super().__init__(*args, **options)
        if claim.signed_on is not None:
            del self.fields["signed_on"]
        _offer(self, [(one.value, one.label) for one in dossier_of(claim.kind).papers])
        field_of(self, "recipient", forms.ChoiceField).choices = [
            (one, Recipient(one).label) for one in recipients_of(claim.kind)
        ]


class PapersForm(ActionForm):
    """Papers that came after they were asked for."""

    submit_label = _("Note the papers")
    came_on = DateField(label=_("Came on"))
    papers = forms.MultipleChoiceField(
        label=_("Papers that came"), required=False, widget=forms.CheckboxSelectMultiple
    )
    shared = forms.MultipleChoiceField(
        label=_("Papers whose data an authority shares"), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, *args: Any, papers: Iterable[ClaimPaper], **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self, [(one.paper, one.get_paper_display()) for one in papers
                      if one.present == Present.MISSING])  # fmt: skip


class AskForm(ActionForm):
    """Asking for what is missing."""

    submit_label = _("Ask for the papers")
    papers = forms.MultipleChoiceField(
        label=_("Papers to ask for"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("What is marked as missing already is asked for as well."),
    )  # fmt: skip

    def __init__(self, *args: Any, papers: Iterable[ClaimPaper], **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self, [(one.paper, one.get_paper_display()) for one in papers])


class PassOnForm(ActionForm):
    """A complete dossier goes to be appraised."""

    submit_label = _("Pass it on to be appraised")


class AppraiseForm(ActionForm):
    """The facts, as the papers show them."""

    submit_label = _("Compute and freeze the amount")

    def __init__(self, *args: Any, claim: Claim, insured: set[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.facts = FACTS[Kind(claim.kind)]
        for name in self.facts:
            self.fields[name] = _fact_field(name, claim.facts.get(name), is_insured=name in insured)
        self.fields["plan_number"] = TextField(
            label=_("Plan or assignment"), max_length=60, required=False,
            initial=claim.plan_number, help_text=_("Of the duty on that day."),
        )  # fmt: skip
        self.fields["base_on"] = DateField(
            label=_("Day of the base salary"), required=False, initial=claim.base_on,
            help_text=_("Only if the resolution names another day than that of the event."),
        )  # fmt: skip
        self.fields["remark"] = TextField(
            label=_("Remark"), max_length=300, required=False, initial=claim.remark,
            help_text=_("No diagnosis and no other person."),
        )  # fmt: skip

    def values(self) -> dict[str, Any]:
        """The facts together as whole numbers, the rest as it is."""
        values = super().values()
        facts = {name: int(values.pop(name) or 0) for name in self.facts}
        return values | {"facts": facts}


class SendBackForm(ActionForm):
    """Giving an appraised claim back."""

    submit_label = _("Send it back")
    why = TextField(label=_("Why it goes back"), max_length=300)


class GrantForm(ActionForm):
    """Granting what was computed."""

    submit_label = _("Grant the claim")
    decision = TextField(label=_("Decision number"), max_length=60)
    decided_on = DateField(label=_("Decided on"))


class RefuseForm(ActionForm):
    """Refusing in writing, with the reason."""

    submit_label = _("Refuse the claim")
    decision = TextField(label=_("Number of the written answer"), max_length=60)
    decided_on = DateField(label=_("Decided on"))
    why = TextField(label=_("Why it is refused"), max_length=300,
                    help_text=_("The member is given this reason."))  # fmt: skip


class PayForm(ActionForm):
    """The payment."""

    submit_label = _("Record the payment")
    paid_on = DateField(label=_("Paid on"))


class AppealForm(ActionForm):
    """A complaint about the decision."""

    submit_label = _("Note the complaint")
    lodged_on = DateField(label=_("Lodged on"))
    lodged_by = forms.ChoiceField(label=_("Lodged by"), choices=Appellant.choices)


class AnswerForm(ActionForm):
    """What became of it."""

    submit_label = _("Note the answer")
    outcome = forms.ChoiceField(label=_("Outcome"), choices=Outcome.choices)
    answered_on = DateField(label=_("Answered on"))
    answer = TextField(label=_("Number of the answer"), max_length=60, required=False)


def _offer(form: ActionForm, choices: list[tuple[str, Any]]) -> None:
    for name in ("papers", "shared"):
        if name in form.fields:
            field_of(form, name, forms.MultipleChoiceField).choices = choices


def _fact_field(name: str, known: int | None, *, is_insured: bool) -> forms.Field:
    fact, label = CLAIM_FACTS[name], str(CLAIM_FACTS[name].label)
    if name == "cost":
        return DongField(label=label, max_value=fact.most, initial=known)
    if fact.most > 1:
        return WholeNumberField(
            label=label, min_value=fact.least, max_value=fact.most, initial=known or 0
        )
    return forms.BooleanField(label=label, required=False, initial=known or is_insured)
