"""What customers said: grouped by the words they share, with the messages that answer it."""
