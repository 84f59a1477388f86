"""From words to the world: times, places and actors as resolved values beside the words."""
