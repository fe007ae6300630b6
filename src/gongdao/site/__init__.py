"""Django settings, urls and the ASGI application: nothing else."""
