"""The contract of ``/sync`` and ``/whoami`` as an OpenAPI description, made from what the server itself reads by."""
