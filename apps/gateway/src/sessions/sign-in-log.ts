import { type EventData, sessionRefused } from '@dealwire/contracts'
import { type Database, withTx } from '@dealwire/db/client'
import { append } from '@dealwire/messaging'
import { Counter, type Logger, type Registry } from '@dealwire/telemetry'
import type { Account } from './check-credentials.ts'
import type { Origin } from './origin.ts'

type Reason = EventData<typeof sessionRefused>['reason']

export type Refusal = {
  /** Undefined: nobody has this email. */
  readonly account: Account | undefined
  readonly reason: Reason
  readonly origin: Origin
  readonly requestId: string
}

/** What is known of sign-ins: figures of all, and of failed ones who tried from where. */
export type SignInLog = {
  succeeded(): void
  /** Returns at once, so that an answer tells neither by its content nor by its time whether an account exists. */
  refused(refusal: Refusal): void
  /** Ends when all that was refused is written. */
  close(): Promise<void>
}

type Known = Refusal & { readonly account: Account }

const BATCH = 100
/** Attempts are limited per account and address: more than this waits only while the database does not answer. */
const MAX_WAITING = 1_000

export function openSignInLog(options: { database: Database; logger: Logger; metrics: Registry }): SignInLog {
  const { database, logger, metrics } = options
  const outcomes = new Counter({
    name: 'sign_ins_total',
    help: 'Sign-ins with email and password by outcome',
    labelNames: ['outcome'],
    registers: [metrics],
  })
  const waiting: Known[] = []
  let writing: Promise<void> | undefined

  async function writeAll(): Promise<void> {
    while (waiting.length > 0) await write(waiting.splice(0, BATCH))
    writing = undefined
  }

  async function write(batch: readonly Known[]): Promise<void> {
    try {
      await withTx(database, async (tx) => {
        for (const { account, reason, origin, requestId } of batch) {
          const { companyId, userId } = account
          const author = { companyId, userId: null, requestId }
          append(tx, author, sessionRefused, { id: userId, version: 1 }, { userId, reason, ...origin })
        }
      })
    } catch (error) {
      logger.error({ err: error, count: batch.length }, 'failed sign-ins are missing in the audit log')
    }
  }

  function keep(refusal: Known): void {
    if (waiting.length >= MAX_WAITING) {
      logger.error({ count: 1 }, 'failed sign-ins are missing in the audit log')
      return
    }
    waiting.push(refusal)
    writing ??= writeAll()
  }

  return {
    succeeded: () => outcomes.inc({ outcome: 'signed_in' }),
    refused(refusal) {
      const { account, reason, origin, requestId } = refusal
      outcomes.inc({ outcome: account === undefined ? 'unknown_account' : reason })
      // Belongs to no company's audit log, and would be room for anyone to fill: the log of the process has it.
      if (account === undefined) logger.warn({ requestId, ...origin }, 'sign-in to an account that does not exist')
      else keep({ ...refusal, account })
    },
    async close() {
      await writing
    },
  }
}
