import type { Actor } from '@dealwire/contracts'
import type { Database } from '@dealwire/db/client'
import { getCallPanel } from '../calls/get-call-overview.ts'
import { getDealPanel, getRevenueSeries } from '../deals/deal-figures.ts'
import { getFiguresMeta, type Lag } from '../projections/figures-meta.ts'
import { getStockPanel } from '../stock/get-stock-panel.ts'
import { CONSUMER } from '../subscriptions.ts'
import { readTogether } from '../windows/read-together.ts'
import { type Window, yearBefore } from '../windows/window.ts'
import { getWorkOrderPanel } from '../work-orders/get-work-order-panel.ts'

/** One statement per panel, all on one snapshot; the finished JSON text. */
export async function getDashboard(database: Database, lag: Lag, actor: Actor, window: Window): Promise<string> {
  const [deals, calls, stock, workOrders, revenueByMonth, meta] = await readTogether(database, (tx) =>
    Promise.all([
      getDealPanel(tx, actor, window),
      getCallPanel(tx, actor, window),
      getStockPanel(tx, actor),
      getWorkOrderPanel(tx, actor, window),
      getRevenueSeries(tx, actor, yearBefore(window), 'month'),
      getFiguresMeta(tx, CONSUMER, lag),
    ]),
  )
  const before = { from: window.previousFrom, to: window.from }
  const previous = jsonObject({
    from: JSON.stringify(before.from),
    to: JSON.stringify(before.to),
    deals: deals.previous,
    telephony: calls.previous,
    workOrders: workOrders.previous,
  })
  return jsonObject({
    deals: deals.current,
    telephony: calls.current,
    inventory: stock,
    workOrders: workOrders.current,
    topServices: workOrders.services,
    revenueByMonth,
    previous,
    meta: JSON.stringify(meta),
  })
}

/** Joins texts that are JSON already. */
function jsonObject(members: Readonly<Record<string, string>>): string {
  return `{${Object.entries(members)
    .map(([name, json]) => `"${name}":${json}`)
    .join(',')}}`
}
