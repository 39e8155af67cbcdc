import { z } from 'zod'
import { instantOut } from '../core/fields.ts'
import { windowEdge } from '../core/page.ts'

/** How fresh figures are: everything that had been published by `asOf` is in them, and that was `lagMs` ago; a fraction of a second while nothing waits. */
export const figuresMeta = z.strictObject({ asOf: instantOut, lagMs: z.int().min(0) })

/** Left out: the last 30 days. A window that ends before it starts is refused by the service, which knows the company's days. */
export const windowQuery = { from: windowEdge.optional(), to: windowEdge.optional() }

/** A fraction with 4 decimals; null when there is nothing to divide by. */
export const rate = z.number().min(0).max(1).nullable()

export const count = z.int().min(0)

/** An average or a percentile of seconds; null when there is none. */
export const secondsFigure = z.number().min(0).nullable()
