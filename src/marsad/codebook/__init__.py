"""What counts as an event: the types, their roles and their examples."""
