"""Dead letters: what was given up after all its tries, and how it is tried once more."""
