"""Generated records for measuring, named as generated: never mixed with real ones."""

from registry.exchange.sample.filling import SampleRefused, fill
from registry.exchange.sample.records import Sample

__all__ = ["Sample", "SampleRefused", "fill"]
