import { analyticsEvents, analyticsRoutes } from './analytics/index.ts'
import type { EventSpec } from './core/event.ts'
import type { Route } from './core/route.ts'
import { dealsEvents, dealsRoutes } from './deals/index.ts'
import { identityEvents, identityRoutes } from './identity/index.ts'
import { inventoryEvents, inventoryRoutes } from './inventory/index.ts'
import { telephonyEvents, telephonyRoutes } from './telephony/index.ts'

/** Every HTTP route of the system: the gateway's routing table, and the source of its documents. */
export const allRoutes: readonly Route[] = [
  ...identityRoutes,
  ...dealsRoutes,
  ...inventoryRoutes,
  ...telephonyRoutes,
  ...analyticsRoutes,
]

/** Every event of the system. */
export const allEvents: readonly EventSpec[] = [
  ...identityEvents,
  ...dealsEvents,
  ...inventoryEvents,
  ...telephonyEvents,
  ...analyticsEvents,
]
