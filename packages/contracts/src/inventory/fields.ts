import { z } from 'zod'
import { isWithinYears, quantity, text, WITHIN_YEARS } from '../core/fields.ts'

/** Largest number of lines in one request: what one transaction locks and one event carries. */
export const MAX_LINES = 100

export const flag = z.enum(['true', 'false']).transform((value) => value === 'true')

const MAX_WORDS = 6

/** One to six words; each is looked for as a part of a word, so one letter alone would find everything. */
export const searchText = text(200)
  .refine((q) => q.split(/\s+/).length <= MAX_WORDS, `must have at most ${MAX_WORDS} words`)
  .refine((q) => q.split(/\s+/).every((word) => word.length >= 2), 'words must have at least 2 characters')

/** A quantity ≥ 0. */
export const stockQuantity = z.union([z.literal(0), quantity])

/** RFC 3339, or a day, which then means its start in UTC. */
export const moment = z.union([z.iso.date(), z.iso.datetime({ offset: true })]).refine(isWithinYears, WITHIN_YEARS)

export const signedMoneyOut = z.string().regex(/^-?\d+\.\d{2}$/)
