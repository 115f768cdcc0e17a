"""Reading: one Article becomes typed mentions, entities, attributions and claims."""
