"""From an article to its reading: sentences, quotations and the words that name things."""
