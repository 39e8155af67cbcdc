import type { Actor, EventSpec } from '@dealwire/contracts'
import { withTx } from '@dealwire/db/client'
import { newId } from '@dealwire/messaging'
import { subscriptions } from '../src/subscriptions.ts'
import type { TestApp } from './start-app.ts'

/** Hands an event to its handlers as their consumers do. */
export async function tell(
  { database }: Pick<TestApp, 'database'>,
  actor: Actor,
  spec: EventSpec,
  version: number,
  data: object,
): Promise<void> {
  const handlers = subscriptions.flatMap(({ handlers }) => handlers).filter(({ specs }) => specs.includes(spec))
  const event = {
    specversion: '1.0',
    id: newId(),
    source: '/identity',
    type: spec.type,
    subject: actor.companyId,
    time: new Date().toISOString(),
    datacontenttype: 'application/json',
    dataschema: 'x',
    companyid: actor.companyId,
    correlationid: 'test',
    sequence: 1,
    aggregateversion: version,
    data: spec.data.parse(data),
  } as const
  for (const handler of handlers) await withTx(database, async (tx) => handler.apply(tx, [event]))
}
