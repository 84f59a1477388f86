"""What pages show, worked out apart from how it is asked for: plain functions and rows, which tests call without a server."""
