"""The API's contract, `infra/openapi.yaml`, from the table of routes and the models: for people and for API Gateway.

Tests hold the file to it; `make contract` writes it anew.

API Gateway takes less than OpenAPI 3.0 (Developer Guide, "Important notes for REST APIs"), so here: schemas are JSON
schema draft 4 without `nullable`, `default` or `example`; `security` stands at each operation, since at the root it is
ignored; error responses are written out, not referenced; examples stand beside schemas. The gateway does not check
`minItems` and `maxItems`: the functions do.
"""
