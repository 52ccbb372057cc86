"""Reads a form from a page of the administration, as a browser would send it back."""

from django.urls import reverse


def address(record, page="change"):
    """The address of a page about the record."""
    label = record._meta.app_label, record._meta.model_name
    return reverse("admin:{}_{}_{}".format(*label, page), args=[record.pk])


def list_of(model, page="changelist"):
    """The address of the list of a model, or of its form for a new one."""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}")


def typed(response):
    """What the form on the page holds, by the names of its fields."""
    context = response.context
    data = _fields(context["adminform"].form)
    for inline in context["inline_admin_formsets"]:
        data |= _fields(inline.formset.management_form)
        for form in inline.formset.forms:
            data |= _fields(form)
    return data


def _fields(form):
    held = {}
    for bound in form:
        value = bound.value()
        if value is None or value is False:
            continue
        held[bound.html_name] = [_text(each) for each in value] if _is_many(value) else _text(value)
    return held


def _is_many(value):
    return isinstance(value, list | tuple)


def _text(value):
    if value is True:
        return "on"
    # Browsers send lines that end so.
    return str(value).replace("\r\n", "\n").replace("\n", "\r\n")


def row(data, name, /, **columns):
    """Fill the blank row that stands at the end of the rows `name`."""
    last = int(data[f"{name}-TOTAL_FORMS"]) - 1
    data |= {f"{name}-{last}-{column}": value for column, value in columns.items()}
