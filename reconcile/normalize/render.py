"""The one door to values as short texts: ``value_text`` for programs, the others for readers."""

from reconcile.normalize.labels import day_label, value_label, weekday_name
from reconcile.normalize.plain import value_text

__all__ = ["day_label", "value_label", "value_text", "weekday_name"]
