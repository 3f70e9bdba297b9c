"""`lint --fix` and `--diff`."""
