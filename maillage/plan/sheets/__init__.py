"""What leaves the views of the plan as sheets: plain rows, already in French."""
