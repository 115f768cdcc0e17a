"""Review: what reviewers decided, how far it still holds, and the chain that shows nothing was changed after."""
