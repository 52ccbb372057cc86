"""Forms of the desks: what is wrong is said above a form, with links, and beside each field."""

import uuid
from dataclasses import dataclass

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, BadRequest, ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from registry.errors import Refused


@dataclass(frozen=True)
class Problem:
    """Something to mend, and where on the page; `field` is blank if it is about the whole."""

    said: str
    field: str = ""


class DeskForm(forms.Form):
    """A form that says its own problems; the browser's bubbles stay away."""

    use_required_attribute = False

    def __init__(self, *args: object, **given: object) -> None:
        super().__init__(*args, label_suffix="", **given)

    @property
    def problems(self) -> list[Problem]:
        """What is wrong, in the order of the fields; what is about the whole first."""
        names = [NON_FIELD_ERRORS, *self.fields]
        return [
            Problem(str(said), self._place(name))
            for name in names
            for said in self.errors.get(name, ())
        ]

    def _place(self, name: str) -> str:
        """The id of what has to be mended: of the first choice, where there are several."""
        if name == NON_FIELD_ERRORS:
            return ""
        return self[name].id_for_label or f"{self[name].auto_id}_0"

    def refuse(self, why: ValidationError | Refused) -> None:
        """Take over what an action says is wrong: beside the field, where the form has it."""
        if not hasattr(why, "error_dict"):
            self.add_error(None, why.messages if hasattr(why, "messages") else str(why))
            return
        for name, said in why.message_dict.items():
            self.add_error(name if name in self.fields else None, said)


def ticket() -> uuid.UUID:
    """What an empty form carries, so that sent twice it does its work once."""
    return uuid.uuid4()


def ticket_of(request: HttpRequest) -> uuid.UUID:
    """The ticket of the form that was sent. Raises BadRequest where it carries none."""
    try:
        return uuid.UUID(request.POST.get("ticket", ""))
    except ValueError:
        raise BadRequest(_("The form carries no ticket.")) from None
