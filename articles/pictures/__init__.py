"""Pictures as files: what may come in, what is kept, and the sizes readers get."""
