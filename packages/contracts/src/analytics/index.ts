import type { EventSpec } from '../core/event.ts'
import type { Route } from '../core/route.ts'
import { getLeaderboardRoute, listAgentSnapshotsRoute } from './agents.ts'
import { getCallOverviewRoute, listAgentFiguresRoute, listQueueFiguresRoute } from './calls.ts'
import { getDashboardRoute } from './dashboard.ts'
import { getFunnelRoute, getRevenueRoute, getSourcesRoute } from './deals.ts'
import {
  listActivitiesBehindRoute,
  listCallsBehindRoute,
  listDealsBehindRoute,
  listDealsReachedRoute,
  listWorkOrdersBehindRoute,
} from './drill-down.ts'
import { forecastSnapshotted, rebuildCompleted, snapshotCompleted } from './events.ts'
import { getForecastHistoryRoute, getForecastRoute, getVelocityRoute } from './forecast.ts'
import { getCustomerProfileRoute, getInventoryFiguresRoute, listMarginsRoute } from './inventory.ts'
import { getRebuildRoute, startRebuildRoute } from './rebuilds.ts'
import { listCustomerTimelineRoute } from './timeline.ts'

export * from './agents.ts'
export * from './calls.ts'
export * from './dashboard.ts'
export * from './deals.ts'
export * from './drill-down.ts'
export * from './events.ts'
export * from './forecast.ts'
export * from './inventory.ts'
export * from './rebuilds.ts'
export * from './timeline.ts'

export const analyticsRoutes: readonly Route[] = [
  getDashboardRoute,
  getFunnelRoute,
  getRevenueRoute,
  getSourcesRoute,
  getVelocityRoute,
  getForecastRoute,
  getForecastHistoryRoute,
  getInventoryFiguresRoute,
  listMarginsRoute,
  listAgentSnapshotsRoute,
  getLeaderboardRoute,
  getCustomerProfileRoute,
  listCustomerTimelineRoute,
  getCallOverviewRoute,
  listAgentFiguresRoute,
  listQueueFiguresRoute,
  listDealsBehindRoute,
  listDealsReachedRoute,
  listCallsBehindRoute,
  listWorkOrdersBehindRoute,
  listActivitiesBehindRoute,
  startRebuildRoute,
  getRebuildRoute,
]
export const analyticsEvents: readonly EventSpec[] = [snapshotCompleted, forecastSnapshotted, rebuildCompleted]
