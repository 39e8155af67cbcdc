import type { EventSpec } from '../core/event.ts'
import type { Route } from '../core/route.ts'

export const inventoryRoutes: readonly Route[] = []
export const inventoryEvents: readonly EventSpec[] = []
