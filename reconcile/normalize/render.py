"""The one door to values as short texts: ``value_text`` for programs, ``value_label`` and ``day_label`` for readers."""

from reconcile.normalize.labels import day_label, value_label
from reconcile.normalize.plain import value_text

__all__ = ["day_label", "value_label", "value_text"]
