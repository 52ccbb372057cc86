"""What makes two records alike: read, compared, found. `registry.queries.lookalikes` is the door."""
