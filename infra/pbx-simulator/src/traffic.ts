import type { Random } from './random.ts'
import { type ScriptedCall, scriptCall } from './scripted-call.ts'
import type { Connection, Message, Voice } from './voices/voice.ts'

export type TrafficOptions = {
  readonly calls: number
  readonly callsPerSecond: number
  /** Shares, 0 to 1: of messages that are sent twice, and of those that are overtaken by later ones of their call. */
  readonly duplicates: number
  readonly disorder: number
  /** The clock of the PBX is wrong by up to this, another way for each call: it has several switches. */
  readonly clockSkewSeconds: number
}

/** A message with the moment it sets out, from the start of the simulation. */
export type Delivery = { readonly dueMs: number; readonly message: Message }
export type Traffic = { readonly calls: readonly ScriptedCall[]; readonly deliveries: readonly Delivery[] }

/** A call is told within this, however long it lasted. */
const TOLD_WITHIN_MS = 400

/** Everything that will be sent, in the order in which it will be. */
export function planTraffic(
  random: Random,
  voice: Voice,
  connection: Connection,
  options: TrafficOptions,
  nowMs: number,
): Traffic {
  const skewMs = () => random.between(-options.clockSkewSeconds, options.clockSkewSeconds) * 1_000
  const calls = Array.from({ length: options.calls }, () => scriptCall(random, voice.kinds, nowMs, skewMs()))
  const deliveries = calls.flatMap((call, index) =>
    deliver(random, voice.messages(call, connection), (index / options.callsPerSecond) * 1_000, options),
  )
  return { calls, deliveries: deliveries.toSorted((a, b) => a.dueMs - b.dueMs) }
}

function deliver(random: Random, messages: readonly Message[], startMs: number, options: TrafficOptions): Delivery[] {
  const inOrder = messages.toSorted((a, b) => a.at - b.at)
  const step = TOLD_WITHIN_MS / Math.max(1, inOrder.length)
  return inOrder.flatMap((message, index) => {
    const late = random.chance(options.disorder) ? TOLD_WITHIN_MS : 0
    const first = { dueMs: startMs + index * step + late, message }
    return random.chance(options.duplicates)
      ? [first, { ...first, dueMs: first.dueMs + random.between(0, 300) }]
      : [first]
  })
}
