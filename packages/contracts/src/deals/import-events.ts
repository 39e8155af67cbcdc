import { z } from 'zod'
import { defineEvent } from '../core/event.ts'
import { dealImport } from './imports.ts'

const importFact = z.object({ import: z.object(dealImport.shape).omit({ columns: true }) })

export const importCompleted = defineEvent(
  'crm.deals.import.completed',
  'An import has ended: done, failed, cancelled or reverted, as `status` says.',
  importFact,
)
