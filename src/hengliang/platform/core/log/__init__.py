"""The append-only log of this deployment: entries of acts, the sequencer, its key, its public files, its receipts."""
