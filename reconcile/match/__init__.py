"""Matching: readings become stories, claims become facts."""
