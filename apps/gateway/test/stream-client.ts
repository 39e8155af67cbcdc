import { once } from 'node:events'
import { type ClientRequest, get, type IncomingMessage } from 'node:http'
import type { Bus } from '@dealwire/messaging'
import { newId } from '@dealwire/messaging'
import { onTestFinished } from 'vitest'
import { bearer } from './gateway.ts'

export type Received = { readonly id: number; readonly event: string; readonly data: Record<string, unknown> }

/** One client of the live stream, which collects what it is sent. */
export class StreamClient {
  readonly events: Received[] = []
  closed = false
  text = ''
  readonly request: ClientRequest
  readonly response: IncomingMessage
  #unread = ''

  constructor(request: ClientRequest, response: IncomingMessage) {
    this.request = request
    this.response = response
    response.setEncoding('utf8')
    response.on('data', (chunk: string) => this.#take(chunk))
    response.on('close', () => {
      this.closed = true
    })
    response.on('error', () => undefined)
  }

  get ids(): number[] {
    return this.events.map((event) => event.id)
  }

  #take(chunk: string): void {
    this.text += chunk
    const frames = `${this.#unread}${chunk}`.split('\n\n')
    this.#unread = frames.pop() ?? ''
    for (const frame of frames) {
      const fields = new Map(frame.split('\n').map((line) => line.split(/: (.*)/s, 2) as [string, string]))
      const data = fields.get('data')
      if (data !== undefined)
        this.events.push({ id: Number(fields.get('id')), event: fields.get('event') ?? '', data: JSON.parse(data) })
    }
  }
}

/** Connects; the connection ends with the test. */
export async function openClient(
  base: string,
  token: string,
  options: { types?: string; after?: string } = {},
): Promise<StreamClient> {
  const url = `${base}/v1/stream${options.types === undefined ? '' : `?types=${options.types}`}`
  const resume = options.after === undefined ? {} : { 'last-event-id': options.after }
  const request = get(url, { headers: { ...bearer(token), ...resume }, agent: false })
  request.on('error', () => undefined)
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  onTestFinished(() => void request.destroy())
  return new StreamClient(request, response)
}

/** Puts an event into the stream, as a service's relay would. */
export async function publish(
  bus: Bus,
  companyId: string,
  type = 'crm.deals.deal.created',
  data: object = {},
): Promise<number> {
  const event = {
    specversion: '1.0',
    id: newId(),
    source: '/deals',
    type,
    subject: newId(),
    time: new Date().toISOString(),
    datacontenttype: 'application/json',
    dataschema: `urn:dealwire:event:${type}`,
    companyid: companyId,
    correlationid: 'test',
    sequence: 1,
    aggregateversion: 1,
    data,
  }
  const nats = bus.connection()
  if (nats === undefined) throw new Error('NATS is away')
  return (await nats.jetstream().publish(`${type}.${companyId}`, JSON.stringify(event))).seq
}
