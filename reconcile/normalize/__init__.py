"""Normalizing: words become typed values that compare."""
