"""A stage of the tests' own, outside the package as nothing else is: workers import it by its dotted name."""
