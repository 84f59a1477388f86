"""Letters and words; knows nothing of news or war."""
