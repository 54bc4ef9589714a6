"""Sending: takes what is due, hands it to a mail server, and knows what became of it."""
