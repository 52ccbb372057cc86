"""The API's description in OpenAPI 3.1, made from what the code knows: addresses, filters, fields.

Of our own making: ready-made generators read serializers, and nothing here passes through one.
"""

from registry.api.description.document import describe

__all__ = ["describe"]
