import type { EventSpec } from '../core/event.ts'
import type { Route } from '../core/route.ts'
import { getCallOverviewRoute, listAgentFiguresRoute, listQueueFiguresRoute } from './calls.ts'
import { getDashboardRoute } from './dashboard.ts'
import { getFunnelRoute, getRevenueRoute, getSourcesRoute } from './deals.ts'
import { listCustomerTimelineRoute } from './timeline.ts'

export * from './calls.ts'
export * from './dashboard.ts'
export * from './deals.ts'
export * from './timeline.ts'

export const analyticsRoutes: readonly Route[] = [
  getDashboardRoute,
  getFunnelRoute,
  getRevenueRoute,
  getSourcesRoute,
  listCustomerTimelineRoute,
  getCallOverviewRoute,
  listAgentFiguresRoute,
  listQueueFiguresRoute,
]
export const analyticsEvents: readonly EventSpec[] = []
