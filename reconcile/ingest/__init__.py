"""Readers: bytes of one format become Articles."""
