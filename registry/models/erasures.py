"""Who was erased: a number and a digest, so that no restored backup brings them back."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Erasure(models.Model):
    """One person's data were erased. Nothing here tells who it was."""

    number = models.PositiveBigIntegerField(_("number of the account"), unique=True)
    at = models.DateTimeField(_("when"))
    digest = models.CharField(max_length=64, help_text=_("Of the address, with a key of the site."))

    class Meta:
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")

    def __str__(self) -> str:
        return str(self.number)
