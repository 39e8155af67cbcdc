import { iso, money } from './amounts.ts'
import type { Random } from './random.ts'
import type { Tell } from './tell.ts'

export type Deal = {
  id: string
  customerId: string
  stage: string
  stageKind: 'OPEN' | 'WON' | 'LOST'
  cents: number
  currency: string
  probability: number
  expectedCloseOn: string | null
  source: string | null
  ownerId: string | null
  createdById: string
  createdAt: number
  closedAt: number | null
  stageEnteredAt: number
  deleted: boolean
  /** In their order. */
  entries: { stage: string; at: number }[]
}

export const STAGES = ['LEAD', 'QUALIFIED', 'NEGOTIATION', 'CLOSED_WON'] as const
const kindOf = (stage: string) => (stage === 'CLOSED_WON' ? 'WON' : stage === 'CLOSED_LOST' ? 'LOST' : 'OPEN')

export type Cast = {
  readonly users: readonly string[]
  readonly customers: readonly string[]
  readonly pipelineId: string
}

export function liveDeal(random: Random, tell: Tell, cast: Cast, createdAt: number): Deal {
  const deal: Deal = {
    id: random.uuid(),
    customerId: random.pick(cast.customers),
    stage: 'LEAD',
    stageKind: 'OPEN',
    cents: random.below(1_000_000),
    currency: random.chance(0.9) ? 'GEL' : 'USD',
    probability: random.below(101),
    expectedCloseOn: someDay(random, createdAt),
    source: random.pick(['WEB', 'PHONE', null]),
    ownerId: random.pick([...cast.users, null]),
    createdById: random.pick(cast.users),
    createdAt,
    closedAt: null,
    stageEnteredAt: createdAt,
    deleted: false,
    entries: [{ stage: 'LEAD', at: createdAt }],
  }
  let at = createdAt
  const say = (event: string, version: number) =>
    tell(`crm.deals.deal.${event}`, deal.id, version, at, {
      deal: {
        id: deal.id,
        title: 'A deal',
        value: money(deal.cents),
        currency: deal.currency,
        baseValue: money(deal.cents),
        baseCurrency: deal.currency,
        pipelineId: cast.pipelineId,
        stage: deal.stage,
        stageKind: deal.stageKind,
        leadSource: deal.source,
        effectiveProbability: deal.probability,
        expectedCloseDate: deal.expectedCloseOn,
        customerId: deal.customerId,
        assignedToId: deal.ownerId,
        createdById: deal.createdById,
        createdAt: iso(createdAt),
        stageEnteredAt: iso(deal.stageEnteredAt),
        closedAt: deal.closedAt === null ? null : iso(deal.closedAt),
      },
      before: {},
      after: {},
    })
  say('created', 1)
  const steps = random.below(6)
  for (let version = 2; version <= 1 + steps && !deal.deleted; version++) {
    at += 1_000 + random.below(6 * 86_400) * 1_000
    for (const event of changeDeal(random, deal, cast.users, at)) say(event, version)
  }
  return deal
}

/** Some without, some long past. */
function someDay(random: Random, near: number): string | null {
  if (random.chance(0.2)) return null
  return iso(near + (random.below(120) - 30) * 86_400_000).slice(0, 10)
}

/** Changes the deal and names the events that a service would tell it by. */
function changeDeal(random: Random, deal: Deal, users: readonly string[], at: number): string[] {
  const change = random.below(10)
  if (change === 0) {
    deal.deleted = true
    return ['deleted']
  }
  if (change < 3) {
    deal.cents = random.below(1_000_000)
    deal.probability = random.below(101)
    deal.expectedCloseOn = someDay(random, at)
    return ['updated']
  }
  if (change < 5) {
    deal.ownerId = random.pick([...users, null])
    return ['assigned']
  }
  const stages = [...STAGES, 'CLOSED_LOST'].filter((stage) => stage !== deal.stage)
  deal.stage = random.pick(stages)
  deal.stageKind = kindOf(deal.stage)
  deal.closedAt = deal.stageKind === 'OPEN' ? null : at
  deal.stageEnteredAt = at
  deal.entries.push({ stage: deal.stage, at })
  return deal.stageKind === 'OPEN' ? ['stage-changed'] : ['stage-changed', deal.stageKind.toLowerCase()]
}
