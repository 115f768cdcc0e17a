"""Storing: all SQL lives here; rows become values and back."""
