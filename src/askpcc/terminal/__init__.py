"""What the command line needs besides its commands, and its larger commands."""
