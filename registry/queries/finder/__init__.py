"""From a country and a need to guidance: the questions behind the page “Find guidance”."""
