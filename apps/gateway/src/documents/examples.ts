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
}

/** An example of a body or answer that the schema accepts. */
export function exampleOf(schema: z.ZodType, io: 'input' | 'output'): unknown {
  const plain = sampleOf(schema, io)
  const told = tell(plain)
  return schema.safeParse(told).success ? told : plain
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
