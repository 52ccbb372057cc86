"""What makes two records alike: read, compared, found; `registry.queries.lookalikes` asks it."""
