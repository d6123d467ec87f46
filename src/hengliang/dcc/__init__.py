"""Digital calibration and verification certificates: write, read, check, render."""
