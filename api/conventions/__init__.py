"""How every resource behaves alike: parsing, versions, idempotency, paging, headers, OpenAPI.

Here belongs what ``docs/api.md`` says once for all resources.
Here never belongs anything about one resource, nor a decision of the domain.
"""
