"""What ops do from a terminal, on AWS and on one machine alike."""
