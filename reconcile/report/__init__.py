"""Reporting: one report value becomes JSON, Markdown and HTML."""
