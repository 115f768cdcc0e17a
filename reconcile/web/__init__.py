"""The review pages and their API: FastAPI over the app's functions."""
