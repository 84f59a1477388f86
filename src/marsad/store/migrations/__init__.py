"""The steps by which a store came to be as it is: one module for each, applied in their order, each in one transaction with its record.

A step is never changed once it has been released; what comes after is a new one. `STEPS` lists them.
"""

from marsad.store.migrations.steps import LATEST, STEPS, migrate, pending, version_of

__all__ = ["LATEST", "STEPS", "migrate", "pending", "version_of"]
