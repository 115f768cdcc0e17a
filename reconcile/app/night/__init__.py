"""The steps of a night, each done again without harm: group, compare, finish, report."""
