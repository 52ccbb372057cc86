"""Closed lists that several nouns share."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """The seven key roles of the Partnership (PAG-6 §5)."""

    BASELINE = "baseline", _("baseline information")
    DIALOGUE = "dialogue", _("platform for dialogue")
    AWARENESS = "awareness", _("awareness and exchange")
    GUIDANCE = "guidance", _("guidance")
    CAPACITY = "capacity", _("national capacity")
    DEMONSTRATION = "demonstration", _("demonstration")
    INFORMATION = "information", _("credible information on emerging issues")


class Basis(models.TextChoices):
    """How it is known that a record serves an article."""

    STATED = "stated", _("stated")
    INFERRED = "inferred", _("inferred")


class Region(models.TextChoices):
    """UNEP's regions; Central Asia, the Caucasus and Türkiye are under Europe."""

    AFRICA = "africa", _("Africa")
    ASIA_PACIFIC = "asia-pacific", _("Asia and the Pacific")
    EUROPE = "europe", _("Europe")
    LATIN_AMERICA = "latin-america", _("Latin America and the Caribbean")
    NORTH_AMERICA = "north-america", _("North America")
    WEST_ASIA = "west-asia", _("West Asia")
