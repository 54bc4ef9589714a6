"""The newsroom as a site: settings, addresses, and what keeps it running."""

#: As in pyproject.toml; a test compares them.
VERSION = "0.1.0"
