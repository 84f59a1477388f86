"""Composition and scale: the one place where the stages meet."""
