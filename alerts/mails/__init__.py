"""The mails: what each says, and how it is put into an envelope."""
