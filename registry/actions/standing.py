"""Which of many records can be withdrawn or restored."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from registry.actions.constraints import NOWHERE, Problems
from registry.actions.planning import Planner
from registry.actions.values import Values
from registry.models import Join, Record


@dataclass
class Standing:
    """Records, by place, that can be withdrawn or restored, and why others cannot."""

    records: dict[int, tuple[Record, Values]] = field(default_factory=dict)
    problems: dict[int, Problems] = field(default_factory=lambda: defaultdict(dict))


def look_at(
    planner: Planner, named: Sequence[tuple[int, str, int]], *, is_public: bool
) -> Standing:
    """What can be done to these, each named by place, slug and version.

    `is_public` says what they are to be.
    """
    found = Standing()
    keys = [slug for _place, slug, _version in named]
    stored = planner.stored(keys)
    joined = _joined(planner.noun.shape.model.noun, keys) if is_public else {}
    for place, slug, version in named:
        if slug not in stored:
            found.problems[place]["slug"] = [_("There is no record “%s”.") % slug]
        elif said := _refusal(stored[slug][0], version, is_public, joined):
            found.problems[place][NOWHERE] = [said]
        else:
            found.records[place] = stored[slug]
    return found


def _joined(noun: str, keys: list[str]) -> dict[str, str]:
    gone = Join.objects.standing().filter(noun=noun, gone__in=keys)
    return dict(gone.values_list("gone", "kept"))


def _refusal(record: Record, version: int, is_public: bool, joined: dict[str, str]) -> str:
    if is_public and not record.withdrawn_at:
        return _("“%s” is not withdrawn.") % record
    if not is_public and record.withdrawn_at:
        return _("“%s” is withdrawn already.") % record
    if record.slug in joined:
        return _("“%s” was joined with another record; undo that instead.") % record
    if version != record.version:
        said = _("“%s” was changed by somebody else since you opened it. Nothing was saved.")
        return said % record
    return ""
