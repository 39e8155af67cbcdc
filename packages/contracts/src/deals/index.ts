import type { EventSpec } from '../core/event.ts'
import type { Route } from '../core/route.ts'

export const dealsRoutes: readonly Route[] = []
export const dealsEvents: readonly EventSpec[] = []
