"""The nouns: what is. Tables, constraints and querysets."""

from registry.models.accounts import User
from registry.models.activities import (
    Activity,
    ActivityArea,
    ActivityArticle,
    ActivityCountry,
    ActivityLink,
    ActivityRegion,
    Participation,
)
from registry.models.areas import Area, AreaArticle, AreaLead, PriorityAction
from registry.models.audit import Event
from registry.models.base import Record
from registry.models.caching import Cached
from registry.models.entries import Counter, Entry, Word
from registry.models.funding import Contribution, FundingLine
from registry.models.guidance import (
    ActivityOutput,
    Edition,
    Guidance,
    GuidanceArea,
    GuidanceArticle,
    GuidanceRelation,
    Publisher,
)
from registry.models.meetings import Meeting
from registry.models.partners import Partner, PartnerArea, PartnerName
from registry.models.roles import Basis, Region, Role
from registry.models.tokens import ApiToken, IdempotencyKey

__all__ = [
    "Activity",
    "ActivityArea",
    "ActivityArticle",
    "ActivityCountry",
    "ActivityLink",
    "ActivityOutput",
    "ActivityRegion",
    "ApiToken",
    "Area",
    "AreaArticle",
    "AreaLead",
    "Basis",
    "Cached",
    "Contribution",
    "Counter",
    "Edition",
    "Entry",
    "Event",
    "FundingLine",
    "Guidance",
    "GuidanceArea",
    "GuidanceArticle",
    "GuidanceRelation",
    "IdempotencyKey",
    "Meeting",
    "Participation",
    "Partner",
    "PartnerArea",
    "PartnerName",
    "PriorityAction",
    "Publisher",
    "Record",
    "Region",
    "Role",
    "User",
    "Word",
]
