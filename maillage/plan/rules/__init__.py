"""What holds for a plan, whoever asks: pure functions and tables, no query, no request."""
