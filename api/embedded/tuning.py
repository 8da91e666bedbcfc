"""How the private server is set: for a small machine, and durable."""

from __future__ import annotations

SETTINGS = {
    # Nothing but this machine's file system leads to the server.
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "password_encryption": "scram-sha-256",
    # An acknowledged event is on the disk. These are the defaults, and a promise.
    "fsync": "on",
    "full_page_writes": "on",
    "synchronous_commit": "on",
    # Two cores, a few gigabytes.
    "max_connections": "120",
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "maintenance_work_mem": "128MB",
    "work_mem": "16MB",
    "max_wal_size": "2GB",
    "min_wal_size": "256MB",
    "max_parallel_workers_per_gather": "1",
    "max_worker_processes": "4",
    "random_page_cost": "1.1",
    "jit": "off",
    # The log names what failed and never what it was about: no statement, parameter or key.
    "log_min_error_statement": "panic",
    "log_parameter_max_length_on_error": "0",
    "log_error_verbosity": "terse",
    "log_checkpoints": "off",
    "log_timezone": "UTC",
    "timezone": "UTC",
}
