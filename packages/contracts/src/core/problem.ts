import { z } from 'zod'

/** RFC 9457 problem document, `application/problem+json`; domain members such as `duplicateOfId` may follow. */
export const problem = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.string().regex(/^[a-z][a-z0-9_]*$/),
  requestId: z.string(),
  errors: z.array(z.looseObject({ message: z.string(), path: z.string().optional() })).optional(),
})

export type Problem = z.infer<typeof problem>
