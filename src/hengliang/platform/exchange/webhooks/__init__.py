"""Events for the programs of others: what is told, how it is signed, where it may go, when it is tried again."""
