"""One function per thing a user does; every front calls these and nothing below."""
