"""Statistics that may be quoted: each with how it was made, and what was left out.

They are computed from the public bodies of records alone, so that a frozen set of records gives the
same numbers for ever.
"""

from registry.queries.quotable.material import Material, live
from registry.queries.quotable.scope import Scope
from registry.queries.quotable.statistics import Statistic, of

__all__ = ["Material", "Scope", "Statistic", "live", "of"]
