import { projectCalls, projectQueues } from './calls/project-calls.ts'
import { projectDeals, projectPipelines } from './deals/project-deals.ts'
import { projectCompanies, projectCustomers, projectUsers } from './directory/project-directory.ts'
import { projectInto } from './projections/projection.ts'
import { projectProducts, projectStock } from './stock/project-stock.ts'
import { projectTimeline } from './timeline/project-timeline.ts'
import { projectWorkOrders } from './work-orders/project-work-orders.ts'

/** Durable name of the consumer, and of its progress. */
export const CONSUMER = 'analytics'

/** Everything that is projected. Events of other types are acknowledged unread. */
export const projections = [
  projectCompanies,
  projectUsers,
  projectCustomers,
  projectPipelines,
  projectDeals,
  projectCalls,
  projectQueues,
  projectProducts,
  projectStock,
  projectWorkOrders,
  projectTimeline,
] as const

/** One handler for all types, so that a mixed batch is still written set by set. */
export const subscriptions = [
  { consumer: CONSUMER, filterSubject: 'crm.>', handlers: [projectInto(CONSUMER, projections)] },
] as const
