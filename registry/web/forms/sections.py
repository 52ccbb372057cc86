"""The sections of all forms by noun."""

from typing import NamedTuple

from registry.web.forms.activities import ACTIVITY
from registry.web.forms.guidance import GUIDANCE
from registry.web.forms.partners import PARTNER
from registry.web.forms.parts import Part
from registry.web.forms.section import Section


class Found(NamedTuple):
    """A section, and the one that follows it."""

    section: Section
    following: Section | None


SECTIONS = {"activity": ACTIVITY, "guidance": GUIDANCE, "partner": PARTNER}


def section_of(noun: str, slug: str, kind: str) -> Found | None:
    """A section of a noun's form by its slug, with the next; None where there is none."""
    sections = sections_of(noun, kind)
    for at, section in enumerate(sections):
        if section.slug == slug:
            return Found(section, sections[at + 1] if at + 1 < len(sections) else None)
    return None


def sections_of(noun: str, kind: str) -> tuple[Section, ...]:
    """The sections to fill in; whoever joins an activity says who takes part, and nothing else."""
    if kind == "join":
        return tuple(each for each in SECTIONS[noun] if each.slug == "who")
    return SECTIONS[noun]


def part_of(noun: str, name: str) -> tuple[Section, Part]:
    """The section and the part that ask for a value."""
    return next((s, part) for s in SECTIONS[noun] for part in s.parts if part.name == name)
