"""Readers: bytes of one format become Articles."""

from reconcile.ingest.load import load_articles

__all__ = ["load_articles"]
