"""What a user does with the database: bring it up to date, and ask how far it is."""

from __future__ import annotations

from reconcile.store.migrate import MigrationStatus, status, upgrade


def upgrade_database(db: str) -> MigrationStatus:
    """Make or migrate the database; the status before."""
    return upgrade(db)


def database_status(db: str) -> MigrationStatus:
    """How far the database is behind this program; makes nothing."""
    return status(db)
