import { z } from 'zod'
import { defineEvent } from '../core/event.ts'
import { dealExport } from './exports.ts'

const exportFact = z.object({ export: z.object(dealExport.shape).omit({ filters: true }) })

export const exportCompleted = defineEvent(
  'crm.deals.export.completed',
  'The file of an export can be downloaded.',
  exportFact,
)
export const exportFailed = defineEvent(
  'crm.deals.export.failed',
  'An export was given up after its last attempt.',
  exportFact,
)
