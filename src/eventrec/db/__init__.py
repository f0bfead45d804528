"""Engine and transaction, schema upgrade, history."""
