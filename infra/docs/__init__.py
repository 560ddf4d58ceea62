"""What stands in `docs/` and follows from the code. Tests hold the pages to it; `make docs` writes them anew."""
