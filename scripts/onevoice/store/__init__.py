"""Where an audit reads from: this disk, and what is elsewhere, by one door."""
