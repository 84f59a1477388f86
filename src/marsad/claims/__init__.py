"""From a reading to claims, as the text puts them."""
