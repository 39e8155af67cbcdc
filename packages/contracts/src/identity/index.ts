import type { EventSpec } from '../core/event.ts'
import type { Route } from '../core/route.ts'

export const identityRoutes: readonly Route[] = []
export const identityEvents: readonly EventSpec[] = []
