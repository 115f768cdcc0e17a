"""Value comparison for rules: the comparers live in normalize, where matching uses them too."""

from reconcile.normalize.compare import compare_values

__all__ = ["compare_values"]
