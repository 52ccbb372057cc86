"""The cache that processes share where there is no Redis: a table that Django's cache reads."""

from django.db import models


class Cached(models.Model):
    """A row of `django.core.cache.backends.db`, in the form that it asks for."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "registry_cache"

    def __str__(self) -> str:
        return self.cache_key
