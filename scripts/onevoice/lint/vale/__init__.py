"""Vale: found on this machine, got where it is missing, and run over documents for the rules of style."""
