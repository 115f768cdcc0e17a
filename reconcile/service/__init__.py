"""The nightly service: the run that can be trusted unattended, its lease, schedule, notices and measures."""
