"""What leaves the plan on paper."""
