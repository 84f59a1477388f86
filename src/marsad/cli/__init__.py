"""The command line: one file per verb or noun; `main` is the door."""
