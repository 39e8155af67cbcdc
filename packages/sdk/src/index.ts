import { operationsOf } from './generated/operations.ts'
import { type ClientOptions, openSend } from './send.ts'

export type { CallOptions, ChangeOptions, Page, Pages } from './call.ts'
export type * from './generated/events.ts'
export type * from './generated/operations.ts'
export type * from './generated/schemas.ts'
export { ApiProblem, isProblem, NoAnswer } from './problem.ts'
export type { ClientOptions } from './send.ts'

export type Client = ReturnType<typeof operationsOf>

/** A client of the API: one method for each operation, grouped as the paths are. */
export function createClient(options: ClientOptions): Client {
  return operationsOf(openSend(options))
}
