/** What holds for every operation: the introduction of the published API. */
export const conventions = `
Event-driven, multi-tenant CRM: deals, stock, phone calls and analytics behind one gateway. JSON in camelCase; ids are UUIDv7.

## Values
Money is a decimal string with two decimals beside its \`currency\`; a number is accepted too, and unit costs may carry four decimals. Quantities are numbers with at most three decimals. Times are RFC 3339 in UTC, days \`YYYY-MM-DD\`. Text is trimmed. What is absent is \`null\`, not left out. Unknown members of a body or query are refused.

## Lists
Every collection is answered in pages: \`limit\` (1 to 100, 20 unless told), \`cursor\`, and \`{data, page: {limit, nextCursor}}\`; \`count=exact\` adds \`page.total\`. \`sort\` takes a field of the list, with \`-\` for descending. Filters combine with AND. A window takes days of the company’s time zone (the last one inclusive) or RFC 3339 times (the end exclusive).

## Changes
Each mutable resource has a \`version\`, which is its \`ETag\`. PATCH changes the named fields only: two concurrent changes of different fields both survive. With \`If-Match\` a change happens only to the version it is based on, else 412 \`version_mismatch\`. An empty PATCH answers the resource unchanged and tells nobody.

## Repeating a request
Every POST that makes something accepts an \`Idempotency-Key\`. The same key with the same body is answered as it was the first time, with \`Idempotency-Replayed: true\`; while the first is still running, 409 \`idempotency_in_progress\`; with another body, 422. Answers decided after validation are kept for 24 hours, 5xx are not.

## Problems
Errors are \`application/problem+json\` (RFC 9457): \`type\` leads to [the cause and the fix](/problems) of the stable \`code\`; \`errors\` names the fields, \`requestId\` the request in our log. Another company’s id is answered as one that does not exist.

## Limits
6,000 requests a minute for a user or API key, 300 for an address that is not signed in; signing in, registering, exports and webhooks have their own. Windows slide. The RateLimit headers tell how much is left, \`Retry-After\` when to come back.

## Roles
ADMIN may do everything. MANAGER everything but manage users, the company, telephony, analytics and pipelines. EMPLOYEE reads all business data, and changes what is assigned to the caller, or was created by the caller and is assigned to nobody.

## Events
What happens is published as CloudEvents on NATS: [asyncapi.json](/asyncapi.json).
`.trim()
