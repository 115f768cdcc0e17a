"""Settings: ``reconcile.toml`` in the working folder, overridden by ``RECONCILE_…`` variables, overridden by flags."""

from reconcile.config.load import check_settings, load_settings
from reconcile.config.settings import CONFIG_FILE, Settings, manner_of, sources_of

__all__ = ["CONFIG_FILE", "Settings", "check_settings", "load_settings", "manner_of", "sources_of"]
