"""Policy documents read into clauses, responsible units and targets."""
