import { z } from 'zod'
import { instantOut, text, version } from '../core/fields.ts'
import { pageOf, pageQuery } from '../core/page.ts'
import { problem } from '../core/problem.ts'
import { defineRoute } from '../core/route.ts'

/** Who a PBX means by an extension or a user name: calls that come from now on carry the user. */
export const agent = z.strictObject({
  id: z.uuid(),
  userId: z.uuid(),
  userName: z.string().nullable(),
  /** Null: of every connection. */
  connectionId: z.uuid().nullable(),
  extension: z.string().nullable(),
  providerUser: z.string().nullable(),
  version,
  createdAt: instantOut,
  updatedAt: instantOut,
})

const base = { service: 'telephony-ingest', permission: 'telephony:manage' } as const

const names = { connectionId: z.uuid().nullish(), extension: text(50).nullish(), providerUser: text(200).nullish() }

export const listAgentsRoute = defineRoute({
  ...base,
  method: 'GET',
  path: '/v1/telephony/agents',
  summary: 'List which users the agents of the PBX are.',
  query: pageQuery({
    sorts: ['createdAt'],
    defaultSort: '-createdAt',
    filters: { userId: z.uuid().optional(), connectionId: z.uuid().optional() },
  }),
  responses: { 200: pageOf(agent) },
})

export const createAgentRoute = defineRoute({
  ...base,
  method: 'POST',
  path: '/v1/telephony/agents',
  summary: 'Say which user an extension or a PBX user is. A name that is taken is 409 `duplicate`.',
  idempotent: true,
  body: z
    .strictObject({ userId: z.uuid(), ...names })
    .refine((body) => body.extension != null || body.providerUser != null, {
      path: ['extension'],
      message: 'or providerUser is needed',
    }),
  errors: ['duplicate'],
  responses: { 201: agent, 404: problem, 409: problem, 422: problem },
})

export const getAgentRoute = defineRoute({
  ...base,
  method: 'GET',
  path: '/v1/telephony/agents/:id',
  summary: 'Get one agent.',
  responses: { 200: agent, 404: problem },
})

export const updateAgentRoute = defineRoute({
  ...base,
  method: 'PATCH',
  path: '/v1/telephony/agents/:id',
  summary: 'Change whom an agent of the PBX stands for.',
  body: z.strictObject({ userId: z.uuid().optional(), ...names }),
  errors: ['duplicate'],
  responses: { 200: agent, 404: problem, 409: problem, 412: problem },
})

export const deleteAgentRoute = defineRoute({
  ...base,
  method: 'DELETE',
  path: '/v1/telephony/agents/:id',
  summary: 'Forget whom an agent of the PBX stands for. Calls keep the user they have.',
  responses: { 204: null, 404: problem, 412: problem },
})
