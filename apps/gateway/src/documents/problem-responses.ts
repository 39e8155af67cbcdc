import { type ProblemCode, problemsOf, problemTypes, problemTypeUri, type Route } from '@dealwire/contracts'
import { pascalCase } from './contract-names.ts'
import { everywhere, headers } from './headers.ts'
import type { JsonObject } from './tidy-schema.ts'

const REQUEST_ID = '0192f0c1-7b6a-7c3e-9d2b-4f5a6b7c8d9e'
const WITH_RETRY_AFTER = new Set([429, 503])

/** One example of each problem, used by every operation that can answer it. */
export const problemExamples: Readonly<Record<string, JsonObject>> = Object.fromEntries(
  Object.entries(problemTypes).map(([code, { status, title, cause }]) => [
    code,
    {
      summary: title,
      description: cause,
      value: { type: problemTypeUri(code), title, status, detail: cause, code, requestId: REQUEST_ID },
    },
  ]),
)

/** The answers that are problems, by status, and the components that they refer to. */
export function problemResponses(route: Route): { responses: JsonObject; components: JsonObject } {
  const byStatus = Map.groupBy(problemsOf(route), (code) => problemTypes[code].status)
  const made = [...byStatus].map(([status, codes]) => ({
    status,
    name: componentName(codes),
    response: response(status, codes),
  }))
  return {
    responses: Object.fromEntries(
      made.map(({ status, name }) => [String(status), { $ref: `#/components/responses/${name}` }]),
    ),
    components: Object.fromEntries(made.map(({ name, response }) => [name, response])),
  }
}

/** The same codes are the same component, whichever operation they belong to. */
function componentName(codes: readonly ProblemCode[]): string {
  return codes.map((code) => code.split('_').map(pascalCase).join('')).join('.')
}

function response(status: number, codes: readonly ProblemCode[]): JsonObject {
  const lines = codes.map((code) => `- [\`${code}\`](${problemTypeUri(code)}): ${problemTypes[code].cause}`)
  return {
    description: lines.join('\n'),
    headers: headers(...everywhere, ...(WITH_RETRY_AFTER.has(status) ? (['Retry-After'] as const) : [])),
    content: {
      'application/problem+json': {
        schema: { $ref: '#/components/schemas/Problem' },
        examples: Object.fromEntries(codes.map((code) => [code, { $ref: `#/components/examples/${code}` }])),
      },
    },
  }
}
