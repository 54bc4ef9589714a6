"""What may stand in a story's body, and how it is cleaned, read as text and shown to readers."""
