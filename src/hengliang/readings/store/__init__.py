"""The store: partitions of Parquet, committed batch by batch, with topology and a Merkle root for each batch."""
