import type { EventSpec } from '../core/event.ts'
import type { Route } from '../core/route.ts'

export * from './call-events.ts'

export const telephonyRoutes: readonly Route[] = []
export const telephonyEvents: readonly EventSpec[] = []
