"""How much is read: limits that keep one bad file from taking the memory or the hours of a run."""

TEXT_CHARACTERS = 2_000_000
"""The longest article text, in characters: what the parser accepts."""

RECORD_BYTES = 8 * 1024 * 1024
"""The longest file of one article and the longest line of a .jsonl file, in bytes (four for a character)."""

FILE_BYTES = 64 * 1024 * 1024
"""The largest .jsonl file, in bytes."""

PAGE_TAGS = 100_000
"""The most tags of a web page: the longest live reports have half as many, and the time to read one grows with them."""

LISTING_BYTES = 52 * 1024 * 1024
"""The largest feed or sitemap, in bytes, unpacked: what the sitemap protocol allows, and a little."""

ROBOTS_BYTES = 512 * 1024
"""How much of a robots.txt is read: what RFC 9309 asks for, and a little."""

LISTED_PAGES = 100_000
"""The most pages that one feed or sitemap may list: twice what the sitemap protocol allows."""
