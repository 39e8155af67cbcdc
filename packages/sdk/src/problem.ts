import type { Problem, ProblemCode } from './generated/schemas.ts'

/** The API refused a call: `code` says why, `problem` has all that it said. */
export class ApiProblem extends Error {
  readonly status: number
  /** Stable. Newer servers may answer codes that this version does not know. */
  readonly code: ProblemCode | (string & {})
  readonly requestId: string
  readonly problem: Problem
  readonly retryAfterSeconds: number | undefined

  constructor(problem: Problem, retryAfterSeconds: number | undefined) {
    super(`${problem.code} (${problem.status}): ${problem.detail}`)
    this.name = 'ApiProblem'
    this.status = problem.status
    this.code = problem.code
    this.requestId = problem.requestId
    this.problem = problem
    this.retryAfterSeconds = retryAfterSeconds
  }
}

/** No answer came, or not in time. A change may or may not have been made; with an Idempotency-Key it can be repeated. */
export class NoAnswer extends Error {
  constructor(message: string, options: { cause: unknown }) {
    super(message, options)
    this.name = 'NoAnswer'
  }
}

/** Whether an error is the API's refusal with this code. */
export function isProblem(error: unknown, code: ProblemCode): error is ApiProblem {
  return error instanceof ApiProblem && error.code === code
}
