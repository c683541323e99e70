"""What docs/performance.md promises, measured as ratios within one run: `make bench`."""
