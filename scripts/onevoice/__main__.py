"""`python -m onevoice`: the same as the command `onevoice`."""

from onevoice.commands import main

main()
