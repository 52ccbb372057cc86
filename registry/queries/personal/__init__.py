"""What is kept of people: every table that holds it, why, for how long, who sees it, how it ends.

The one inventory: the privacy page, the copy that a person may take, and erasure rest on it; a test
fails for a field that could be personal and is not named here.
"""

from registry.queries.personal.inventory import INVENTORY
from registry.queries.personal.kept import BLANKED, DELETED, ENDINGS, NAMELESS, Kept
from registry.queries.personal.taking import held_on

__all__ = ["BLANKED", "DELETED", "ENDINGS", "INVENTORY", "NAMELESS", "Kept", "held_on"]
