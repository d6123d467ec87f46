"""What plans tell."""
