import {
  type ApprovalStep,
  approveDealRoute,
  cancelDealRoute,
  submitDealRoute,
  unlockDealRoute,
} from '@dealwire/contracts'
import { type Answer, type Call, once, resource, route } from '@dealwire/http'
import type { FastifyInstance } from 'fastify'
import { changeDeals } from '../deals/change-deals.ts'
import type { Dependencies } from '../dependencies.ts'
import { takeApprovalStep } from './take-approval-step.ts'

type StepCall = Pick<Call<typeof submitDealRoute>, 'actor' | 'params' | 'ifMatch' | 'idempotency'>

export function approvalRoutes(app: FastifyInstance, dependencies: Dependencies): void {
  const take =
    (step: ApprovalStep) =>
    (call: StepCall): Promise<Answer> => {
      const { actor, ifMatch, idempotency } = call
      return changeDeals(dependencies, actor, (tx) =>
        once(tx, idempotency, async () =>
          resource(await takeApprovalStep(tx, actor, { id: call.params.id, ifMatch, step })),
        ),
      )
    }
  route(app, submitDealRoute, take('submit'))
  route(app, approveDealRoute, take('approve'))
  route(app, unlockDealRoute, take('unlock'))
  route(app, cancelDealRoute, take('cancel'))
}
