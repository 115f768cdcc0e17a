"""How much is read: limits that keep one bad file from taking the memory or the hours of a run."""

TEXT_CHARACTERS = 2_000_000
"""The longest article text, in characters: what the parser accepts."""

RECORD_BYTES = 8 * 1024 * 1024
"""The longest file of one article and the longest line of a .jsonl file, in bytes (four for a character)."""

FILE_BYTES = 64 * 1024 * 1024
"""The largest .jsonl file, in bytes."""
