import { z } from 'zod'
import { defineEvent } from '../core/event.ts'
import { instantOut, moneyOut } from '../core/fields.ts'

export const snapshotCompleted = defineEvent(
  'crm.analytics.snapshot.completed',
  'The figures of agents were taken anew.',
  z.object({ takenAt: instantOut, windowDays: z.array(z.int()), agents: z.int().min(0) }),
)

export const forecastSnapshotted = defineEvent(
  'crm.analytics.forecast.snapshotted',
  'The forecast of a night was recorded.',
  z.object({ takenOn: z.iso.date(), currency: z.string(), weightedOpen: moneyOut }),
)

export const rebuildCompleted = defineEvent(
  'crm.analytics.rebuild.completed',
  'Figures were made anew from the event logs and are shown; not told of a dry run. `differences` counts tables and months that were not as before.',
  z.object({ rebuildId: z.uuid(), events: z.int().min(0), rows: z.int().min(0), differences: z.int().min(0) }),
)
