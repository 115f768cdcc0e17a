"""Checking: declarative rules turn facts into findings."""
