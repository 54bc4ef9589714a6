"""Registering: the page for alerts, what it asks, and the confirmation from the mailbox."""
