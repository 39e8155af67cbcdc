import { type DemoApi, ensureAll } from './demo-api.ts'
import { type DemoCallEvent, demoCalls, demoExtensions, demoQueues } from './demo-calls.ts'
import { demoParties } from './demo-data.ts'

const BATCH = 500

/** Queues, extensions, and two months of calls. Event ids make a second run change nothing. */
export async function seedCalls(api: DemoApi, userIds: readonly string[], now: number): Promise<void> {
  await ensureAll(demoQueues, {
    existing: await api.list('/v1/telephony/queues'),
    key: 'key',
    make: (queue) => api.post('/v1/telephony/queues', queue),
  })
  const agents = demoExtensions.map((extension, n) => ({ extension, userId: userIds[n] }))
  await ensureAll(agents, {
    existing: await api.list('/v1/telephony/agents'),
    key: 'extension',
    make: (agent) => api.post('/v1/telephony/agents', agent),
  })
  const { customers, contacts } = demoParties()
  const phones = [...contacts, ...customers].map(({ phone }) => phone)
  for (const events of batches(demoCalls(phones, now))) {
    const { rejected } = await api.post('/v1/telephony/events', { events })
    if (Array.isArray(rejected) && rejected.length > 0)
      throw new Error(`Events of the demo calls were rejected: ${JSON.stringify(rejected[0])}`)
  }
}

/** No call is in two batches. */
function batches(calls: readonly DemoCallEvent[][]): DemoCallEvent[][] {
  const filled: DemoCallEvent[][] = [[]]
  for (const call of calls) {
    const last = filled.at(-1) ?? []
    if (last.length + call.length > BATCH) filled.push([...call])
    else last.push(...call)
  }
  return filled
}
