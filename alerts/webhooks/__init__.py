"""What mail providers report of a mail after they took it: who may report, what it means, and what is done."""
