import { expect, test } from 'vitest'
import { z } from 'zod'
import { date, email, instant, money, pageOf, problem, quantity, sampleOf, tags, text } from '../index.ts'

test('a sample is accepted by the schema it was made from', () => {
  const schema = z.strictObject({
    id: z.uuid(),
    name: text(20),
    email,
    day: date,
    at: instant,
    price: money,
    units: quantity,
    tags,
    kind: z.enum(['A', 'B']),
    note: z.string().nullable(),
    lines: z.array(z.strictObject({ count: z.int().min(3) })).min(2),
  })
  expect(schema.safeParse(sampleOf(schema)).error).toBeUndefined()
  for (const answer of [problem, pageOf(z.strictObject({ id: z.uuid() }))]) {
    expect(answer.safeParse(sampleOf(answer, 'output')).error).toBeUndefined()
  }
})
