"""Preferences by link: change, pause, download, erase, leave."""
