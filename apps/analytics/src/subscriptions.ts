import { projectActivities } from './activities/project-activities.ts'
import { projectCalls, projectCallZones, projectQueues } from './calls/project-calls.ts'
import { projectDeals, projectPipelines } from './deals/project-deals.ts'
import { projectCompanies, projectCustomers, projectUsers } from './directory/project-directory.ts'
import { CONSUMER } from './projections/consumer.ts'
import { projectInto } from './projections/projection.ts'
import { shareCompanies } from './projections/share-companies.ts'
import { projectProducts, projectStock } from './stock/project-stock.ts'
import { projectTimeline } from './timeline/project-timeline.ts'
import { projectWorkOrders } from './work-orders/project-work-orders.ts'

/** Everything that is projected. Events of other types are acknowledged unread. */
export const projections = [
  projectCompanies,
  projectUsers,
  projectCustomers,
  projectPipelines,
  projectDeals,
  projectActivities,
  projectCallZones,
  projectCalls,
  projectQueues,
  projectProducts,
  projectStock,
  projectWorkOrders,
  projectTimeline,
] as const

/** One handler for all types, so that a mixed batch is still written set by set. `onProjected` is told the companies, after COMMIT. */
export function subscriptionsOf(onProjected: (companyIds: readonly string[]) => void) {
  return [
    {
      consumer: CONSUMER,
      filterSubject: 'crm.>',
      handlers: [projectInto(CONSUMER, projections, { beforeBatch: shareCompanies, onProjected })],
    },
  ] as const
}

/** The same projections for a rebuild, which has its tables to itself. */
export const rebuildHandler = projectInto(CONSUMER, projections, {
  beforeBatch: async () => undefined,
  onProjected: () => undefined,
})
