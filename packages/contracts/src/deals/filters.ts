import { z } from 'zod'
import { text } from '../core/fields.ts'

/** A user, or `me`. */
export const assignee = z.union([z.literal('me'), z.uuid()])

/** At most six words: each is one more index condition. */
export const searchText = text(100).refine((value) => value.split(/\s+/).length <= 6, 'must have at most 6 words')

export const allowDuplicate = z.strictObject({ allowDuplicate: z.enum(['true', 'false']).optional() })
