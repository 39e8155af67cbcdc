import type { EventSpec } from '../core/event.ts'
import type { Route } from '../core/route.ts'

export const analyticsRoutes: readonly Route[] = []
export const analyticsEvents: readonly EventSpec[] = []
