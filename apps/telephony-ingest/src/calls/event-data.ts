import type { ProviderFigures } from './call.ts'
import type { StoredCallEvent } from './stored-call-event.ts'

export type TransferKind = 'blind' | 'attended'

const figureKeys = ['durationSeconds', 'talkSeconds', 'holdSeconds', 'waitSeconds', 'ringSeconds'] as const

/** `data.kind` of a `call.transferred`. */
export function transferKind(event: StoredCallEvent): TransferKind | null {
  const kind = event.data?.kind
  return kind === 'blind' || kind === 'attended' ? kind : null
}

/** `data.role: "destination"`: the leg was rung by the call and can never be the one that began it. */
export function isDestinationLeg(event: StoredCallEvent): boolean {
  return event.data?.role === 'destination' || isPartyLeg(event)
}

/** `data.role: "party"`: one of several phones of a call whose caller the provider never reports: its end is the last of theirs. */
export function isPartyLeg(event: StoredCallEvent): boolean {
  return event.data?.role === 'party'
}

/** `data.by: "exchange"`: picked up by a menu, queue music or the dial plan, whatever follows. */
export function isExchangeAnswer(event: StoredCallEvent): boolean {
  return event.data?.by === 'exchange'
}

/** `data.approximate: true` of a `call.ended`: about now, unless an exact end is reported too. */
export function isExactEnd(event: StoredCallEvent): boolean {
  return event.data?.approximate !== true
}

/** `data.reaped: true` of a `call.ended`: nobody said so; the call had been silent for hours. */
export function isReaped(event: StoredCallEvent): boolean {
  return event.data?.reaped === true
}

/** `data.summary: true`: a record of the call as a whole; where the events of its channels are complete, it adds nothing. */
export function isSummary(event: StoredCallEvent): boolean {
  return event.data?.summary === true
}

/** `data.implied: true`: follows from another event; counts where the event that it stands for never came. */
export function isImplied(event: StoredCallEvent): boolean {
  return event.data?.implied === true
}

/** `data.statesDirection: true`: the dial plan said which way the call goes, where other events only suggest it. */
export function statesDirection(event: StoredCallEvent): boolean {
  return event.data?.statesDirection === true
}

/** `data.reason` of a `queue.left`. */
export function leaveReason(event: StoredCallEvent): string | null {
  const reason = event.data?.reason
  return typeof reason === 'string' ? reason : null
}

/** False only when the provider says that the mailbox was reached and nothing was recorded. */
export function leftMessage(event: StoredCallEvent): boolean {
  return event.data?.messageSeconds !== 0
}

/** `data.final: true`: the provider's last word on the call, such as its detail record. */
export function isFinalRecord(event: StoredCallEvent): boolean {
  return event.data?.final === true
}

/** The provider's own durations, where an event carries any. Kept beside ours, never mixed into them. */
export function providerFigures(event: StoredCallEvent): ProviderFigures | null {
  const data = event.data
  if (data === null || !figureKeys.some((key) => isFigure(data[key]))) return null
  const [durationSeconds, talkSeconds, holdSeconds, waitSeconds, ringSeconds] = figureKeys.map((key) => {
    const value = data[key]
    return isFigure(value) ? value : null
  })
  return {
    durationSeconds: durationSeconds ?? null,
    talkSeconds: talkSeconds ?? null,
    holdSeconds: holdSeconds ?? null,
    waitSeconds: waitSeconds ?? null,
    ringSeconds: ringSeconds ?? null,
  }
}

function isFigure(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value)
}
