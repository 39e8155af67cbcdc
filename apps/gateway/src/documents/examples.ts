import { sampleOf } from '@dealwire/contracts'
import type { z } from 'zod'

/** What stands in an example where the schema alone would say only "Example"; taken where the schema accepts it. */
const telling: Readonly<Record<string, unknown>> = {
  title: 'Heating for a house',
  name: 'Nino Beridze',
  companyName: 'Warm Ltd',
  stage: 'QUALIFIED',
  role: 'EMPLOYEE',
  password: 'correct horse battery staple',
  phone: '+995322000000',
  phoneRaw: '032 200 00 00',
  from: '+995599123456',
  to: '+995322000000',
  queue: 'sales',
  supplier: 'Warm Ltd',
  sku: 'BOILER-24',
  unit: 'pcs',
  category: 'Boilers',
  reason: 'Counted',
  lostReason: 'Price',
  notes: 'Wants an offer by Friday.',
  defaultRegion: 'GE',
  timeZone: 'Asia/Tbilisi',
  quantity: 4,
  fromLocationId: '0192f0c1-7b6a-7c3e-9d2b-4f5a6b7c8d01',
  toLocationId: '0192f0c1-7b6a-7c3e-9d2b-4f5a6b7c8d02',
}

/** An example of a body or answer that the schema accepts. */
export function exampleOf(schema: z.ZodType, io: 'input' | 'output'): unknown {
  const plain = sampleOf(schema, io)
  const candidates = [tell(plain), plain].flatMap((example) => [example, withoutRefused(schema, example)])
  return candidates.find((example) => schema.safeParse(example).success) ?? plain
}

/** Of members that exclude each other, a rule names those that should go. */
function withoutRefused(schema: z.ZodType, example: unknown): unknown {
  const refused = new Set(schema.safeParse(example).error?.issues.map(({ path }) => path[0]))
  return Object.fromEntries(Object.entries(example ?? {}).filter(([name]) => !refused.has(name)))
}

function tell(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(tell)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      typeof inner === typeof telling[key] ? telling[key] : tell(inner),
    ]),
  )
}
