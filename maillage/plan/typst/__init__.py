"""What leaves the views of the plan on paper: plain data, already in French, and a template beside it."""
