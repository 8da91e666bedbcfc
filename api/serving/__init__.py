"""The application on a socket: how it is run, what it refuses to start on, whether it is ready."""
