"""From a cause to the way out: steps with commands for this host, name and chain, each with its proof."""
