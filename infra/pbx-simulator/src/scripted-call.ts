import type { Random } from './random.ts'

/**
 * answered: a customer calls, an agent picks up · missed: nobody does · abandoned: the customer gives up in a queue ·
 * called: an agent calls a customer, who picks up · busy: the customer's line is busy.
 */
export const callKinds = ['answered', 'missed', 'abandoned', 'called', 'busy'] as const
export type CallKind = (typeof callKinds)[number]

/** What really happens; a voice tells of it as its PBX would. Times are epoch milliseconds by the clock of the PBX. */
export type ScriptedCall = {
  readonly id: string
  readonly kind: CallKind
  /** Of the customer, a number of this call's own: what the call is found again by. */
  readonly phone: string
  readonly extension: string
  readonly startedAt: number
  /** Picked up, refused or given up. */
  readonly decidedAt: number
  readonly endedAt: number
}

/** The company's own number. */
export const OWN_NUMBER = '+995322000002'
export const QUEUE = 'support'

export type Expected = {
  readonly direction: 'INBOUND' | 'OUTBOUND'
  readonly status: string
  readonly talkSeconds: number
}

export function expectedOf({ kind, decidedAt, endedAt }: ScriptedCall): Expected {
  const talkSeconds = (endedAt - decidedAt) / 1_000
  switch (kind) {
    case 'answered':
      return { direction: 'INBOUND', status: 'COMPLETED', talkSeconds }
    case 'called':
      return { direction: 'OUTBOUND', status: 'COMPLETED', talkSeconds }
    case 'missed':
      return { direction: 'INBOUND', status: 'MISSED', talkSeconds: 0 }
    case 'abandoned':
      return { direction: 'INBOUND', status: 'ABANDONED', talkSeconds: 0 }
    case 'busy':
      return { direction: 'OUTBOUND', status: 'BUSY', talkSeconds: 0 }
  }
}

/** Whole seconds, which every PBX can say. The calls are over when they are told: a simulation need not last as long as they do. */
export function scriptCall(random: Random, kinds: readonly CallKind[], nowMs: number, skewMs: number): ScriptedCall {
  const kind = random.pick(kinds)
  const ring = random.between(3, 25)
  const talk = kind === 'answered' || kind === 'called' ? random.between(10, 300) : 0
  const endedAt = Math.floor(nowMs / 1_000) * 1_000 - random.between(2, 60) * 1_000 + skewMs
  const decidedAt = endedAt - talk * 1_000
  return {
    id: random.uuid(),
    kind,
    phone: `+9955${random.digits(8)}`,
    extension: String(random.between(101, 120)),
    startedAt: decidedAt - ring * 1_000,
    decidedAt,
    endedAt,
  }
}
