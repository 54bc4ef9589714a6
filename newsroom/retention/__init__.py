"""What is kept how long, and what forgets the rest. docs/retention.md explains it to whoever answers for it."""
