import { z } from 'zod'

/** CloudEvents 1.0 in JSON mode, as published on `crm.<service>.<entity>.<event>.<companyId>`. Members it does not know are dropped. */
export const envelope = z.object({
  specversion: z.literal('1.0'),
  id: z.uuid(),
  source: z.string().regex(/^\/[a-z]+$/),
  type: z.string().regex(/^crm\.[a-z]+\.[a-z-]+\.[a-z-]+(\.v\d+)?$/),
  subject: z.string(),
  time: z.iso.datetime(),
  datacontenttype: z.literal('application/json'),
  dataschema: z.string(),
  companyid: z.uuid(),
  actorid: z.uuid().nullish(),
  correlationid: z.string(),
  causationid: z.string().nullish(),
  traceparent: z.string().nullish(),
  sequence: z.int().min(0),
  aggregateversion: z.int().min(0),
  data: z.looseObject({}),
})

export type Envelope<Data = Record<string, unknown>> = Omit<z.infer<typeof envelope>, 'data'> & { data: Data }

export type EventSpec<Type extends string = string, Data extends z.ZodObject = z.ZodObject> = {
  readonly type: Type
  readonly summary: string
  readonly data: Data
}

/** Declares an event. Consumers must accept every golden message ever published, so fields are only ever added. */
export function defineEvent<const Type extends `crm.${string}`, Data extends z.ZodObject>(
  type: Type,
  summary: string,
  data: Data,
): EventSpec<Type, Data> {
  return { type, summary, data }
}

export type EventData<Spec extends EventSpec> = z.output<Spec['data']>

/** `before` and `after` of the fields that a change touched. */
export const changes = z.record(z.string(), z.unknown())
