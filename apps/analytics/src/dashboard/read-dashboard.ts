import type { Actor } from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { getActivityPanel } from '../activities/get-activity-panel.ts'
import { getCallPanel } from '../calls/get-call-overview.ts'
import { getDealPanel, getRevenueSeries } from '../deals/deal-figures.ts'
import { getStockPanel } from '../stock/get-stock-panel.ts'
import { type Window, yearBefore } from '../windows/window.ts'
import { getWorkOrderPanel } from '../work-orders/get-work-order-panel.ts'

/** One statement per panel, all on one snapshot; the finished JSON text. */
export async function readDashboard(tx: Tx, actor: Actor, window: Window): Promise<string> {
  const [deals, calls, stock, workOrders, activities, revenueByMonth] = await Promise.all([
    getDealPanel(tx, actor, window),
    getCallPanel(tx, actor, window),
    getStockPanel(tx, actor),
    getWorkOrderPanel(tx, actor, window),
    getActivityPanel(tx, actor, window),
    getRevenueSeries(tx, actor, yearBefore(window), 'month'),
  ])
  const before = { from: window.previousFrom, to: window.from }
  const previous = jsonObject({
    from: JSON.stringify(before.from),
    to: JSON.stringify(before.to),
    deals: deals.previous,
    telephony: calls.previous,
    workOrders: workOrders.previous,
    activities: activities.previous,
  })
  return jsonObject({
    deals: deals.current,
    telephony: calls.current,
    inventory: stock,
    workOrders: workOrders.current,
    activities: activities.current,
    topServices: workOrders.services,
    revenueByMonth,
    previous,
  })
}

/** Joins texts that are JSON already. */
function jsonObject(members: Readonly<Record<string, string>>): string {
  return `{${Object.entries(members)
    .map(([name, json]) => `"${name}":${json}`)
    .join(',')}}`
}
