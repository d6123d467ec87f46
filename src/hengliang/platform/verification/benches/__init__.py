"""Files of automatic test benches: columns recognised, rows read and judged as a set, results proven, statistics."""
