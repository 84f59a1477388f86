"""From a reading to claims, as the text puts them."""

from marsad.claims.find import ClaimsKit, find_claims

__all__ = ["ClaimsKit", "find_claims"]
