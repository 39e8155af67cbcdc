import { randomUUID } from 'node:crypto'
import type { Envelope } from '@dealwire/contracts'

export const at = '2026-03-10T10:00:00.000Z'

export function event(
  type: string,
  companyid: string,
  subject: string,
  version: number,
  data: Record<string, unknown>,
): Envelope {
  return {
    specversion: '1.0',
    id: randomUUID(),
    source: `/${type.split('.')[1]}`,
    type,
    subject,
    time: at,
    datacontenttype: 'application/json',
    dataschema: 'test',
    companyid,
    correlationid: 'test',
    sequence: 1,
    aggregateversion: version,
    data,
  }
}

export const call = (id: string, startedAt: string, more: Record<string, unknown> = {}) => ({
  call: {
    id,
    direction: 'INBOUND',
    status: 'COMPLETED',
    startedAt,
    endedAt: new Date(Date.parse(startedAt) + 60_000).toISOString(),
    ...more,
  },
})

export const deal = (id: string, customerId: string, more: Record<string, unknown> = {}) => ({
  deal: {
    id,
    title: 'Roof repair',
    value: '100.00',
    currency: 'GEL',
    baseValue: '100.00',
    baseCurrency: 'GEL',
    pipelineId: randomUUID(),
    stage: 'LEAD',
    stageKind: 'OPEN',
    customerId,
    createdAt: at,
    stageEnteredAt: at,
    ...more,
  },
})

export const customerCreated = (companyId: string, id: string) =>
  event('crm.deals.customer.created', companyId, id, 1, { customer: { id, name: 'Nino' } })

export const companyCreated = (companyId: string, timeZone = 'Asia/Tbilisi') =>
  event('crm.identity.company.created', companyId, companyId, 1, { name: 'Company', currency: 'GEL', timeZone })
