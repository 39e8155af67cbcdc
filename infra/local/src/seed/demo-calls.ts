import { DAY_MS } from './demo-data.ts'
import { type Random, seededRandom } from './random.ts'

const CALLS = 2_000
const DAYS_OF_CALLS = 60

export const demoQueues = [
  { key: 'sales', name: 'Sales' },
  { key: 'support', name: 'Support' },
] as const

/** Extensions of the demo users, in their order. */
export const demoExtensions = ['201', '202', '203'] as const

export type DemoCallEvent = Readonly<Record<string, string | number>>
type Told = readonly [type: string, afterSeconds: number, more?: DemoCallEvent]

const LINE = '+995322000000'

/** The events of each call, oldest calls first. Calls of the last two months, in working hours. */
export function demoCalls(phones: readonly string[], now: number): DemoCallEvent[][] {
  const random = seededRandom(4)
  return Array.from({ length: CALLS }, (_, n) => {
    const daysAgo = Math.floor((DAYS_OF_CALLS * (CALLS - n)) / CALLS) + 1
    const midnight = Math.floor((now - daysAgo * DAY_MS) / DAY_MS) * DAY_MS
    // Nine to six in Tbilisi, which is four hours ahead of UTC.
    const startedAt = midnight + random.whole(5 * 3_600, 14 * 3_600) * 1_000
    const other = random.chance(0.8) ? (phones[random.whole(0, phones.length - 1)] ?? LINE) : stranger(random)
    const isInbound = random.chance(0.7)
    const told = isInbound ? inboundCall(random) : outboundCall(random)
    return told.map(([type, afterSeconds, more], sequence) => ({
      eventId: `demo-${n}-${sequence}`,
      callId: `demo-${n}`,
      type,
      occurredAt: new Date(startedAt + afterSeconds * 1_000).toISOString(),
      sequence,
      direction: isInbound ? 'INBOUND' : 'OUTBOUND',
      from: isInbound ? other : LINE,
      to: isInbound ? LINE : other,
      ...more,
    }))
  })
}

const stranger = (random: Random) => `+9955${random.whole(50_000_000, 99_999_999)}`

function inboundCall(random: Random): Told[] {
  if (random.chance(0.1)) return missedCall(random)
  const queue = random.pick(['sales', 'sales', 'support'])
  const waitSeconds = random.chance(0.75) ? random.whole(2, 20) : random.whole(21, 180)
  const arrival: Told[] = [
    ['call.started', 0],
    ['queue.entered', 2, { queue }],
  ]
  const goneAt = 2 + waitSeconds
  if (random.chance(0.13)) {
    return [
      ...arrival,
      ['queue.abandoned', goneAt, { queue }],
      ['call.ended', goneAt, { hangupCause: 'ORIGINATOR_CANCEL' }],
    ]
  }
  const extension = random.pick(demoExtensions)
  const endsAt = goneAt + random.whole(20, 900)
  return [
    ...arrival,
    ['agent.connected', goneAt, { queue, extension }],
    ['call.ended', endsAt, { hangupCause: 'NORMAL_CLEARING' }],
    ['agent.wrapup_ended', endsAt + random.whole(5, 60), { queue, extension }],
  ]
}

/** Straight to an extension, where nobody answers. */
function missedCall(random: Random): Told[] {
  const extension = random.pick(demoExtensions)
  return [
    ['call.started', 0, { extension }],
    ['call.ringing', 1, { extension }],
    ['call.ended', random.whole(8, 40), { extension, hangupCause: 'NO_ANSWER' }],
  ]
}

function outboundCall(random: Random): Told[] {
  const extension = random.pick(demoExtensions)
  const arrival: Told[] = [
    ['call.started', 0, { extension }],
    ['call.ringing', 2, { extension }],
  ]
  const ringSeconds = random.whole(3, 30)
  if (random.chance(0.25)) return [...arrival, ['call.ended', 2 + ringSeconds, { extension, hangupCause: 'NO_ANSWER' }]]
  return [
    ...arrival,
    ['call.answered', 2 + ringSeconds, { extension }],
    ['call.ended', 2 + ringSeconds + random.whole(30, 600), { extension, hangupCause: 'NORMAL_CLEARING' }],
  ]
}
