"""One module per family of vector files; each exposes `ADAPTERS: tuple[Adapter, ...]`."""
