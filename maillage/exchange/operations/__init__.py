"""The verbs by which a plan comes in and goes out."""
