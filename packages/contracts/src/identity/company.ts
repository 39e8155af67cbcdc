import { z } from 'zod'
import { currency, instantOut, json, text, uuid, version } from '../core/fields.ts'
import { problem } from '../core/problem.ts'
import { defineRoute } from '../core/route.ts'

/** IANA names only: Postgres reads the sign of `+04:00` the other way round. */
function isTimeZone(value: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+)*$/.test(value)) return false
  try {
    return new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone.length > 0
  } catch {
    return false // not a time zone: refused by the caller of this check
  }
}

export const timeZone = z.string().max(64).refine(isTimeZone, 'must be an IANA time zone such as "Asia/Tbilisi"')

export const region = z.string().regex(/^[A-Z]{2}$/, 'must be an ISO 3166 region such as "GE"')

/** Text search configurations of Postgres. `simple` serves every language without stemming. */
export const searchLanguage = z.enum([
  'simple',
  'arabic',
  'armenian',
  'danish',
  'dutch',
  'english',
  'finnish',
  'french',
  'german',
  'greek',
  'hindi',
  'hungarian',
  'italian',
  'norwegian',
  'portuguese',
  'romanian',
  'russian',
  'spanish',
  'swedish',
  'turkish',
])

const settings = z
  .record(z.string().max(100), json)
  .refine((value) => JSON.stringify(value).length <= 20_000, 'must have at most 20,000 characters')

export const company = z.strictObject({
  id: uuid,
  name: z.string(),
  currency: z.string(),
  timeZone: z.string(),
  defaultRegion: z.string(),
  searchLanguage,
  settings: z.record(z.string(), json),
  version,
  createdAt: instantOut,
  updatedAt: instantOut,
})

export const getCompanyRoute = defineRoute({
  method: 'GET',
  path: '/v1/company',
  service: 'gateway',
  permission: 'any',
  summary: 'The company that the caller belongs to',
  responses: { 200: company },
})

export const updateCompanyRoute = defineRoute({
  method: 'PATCH',
  path: '/v1/company',
  service: 'gateway',
  permission: 'company:manage',
  description: '`defaultRegion` is the region of phone numbers typed without a country code.',
  summary: 'Change the company’s name and settings',
  body: z.strictObject({
    name: text(200).optional(),
    currency: currency.optional(),
    timeZone: timeZone.optional(),
    defaultRegion: region.optional(),
    searchLanguage: searchLanguage.optional(),
    settings: settings.optional(),
  }),
  responses: { 200: company, 412: problem },
})
