import { randomUUID } from 'node:crypto'
import { run, statement } from '@dealwire/db/client'
import { type ListSpec, listPage } from '@dealwire/db/page'
import { describe, expect } from 'vitest'
import { test } from '../src/index.ts'

const letters: ListSpec = {
  name: 'test_letters',
  from: 'dead_letter l',
  alias: 'l',
  where: 'l.company_id = $1',
  item: `json_build_object('id', l.id, 'consumer', l.consumer, 'deliveries', l.deliveries)`,
  sorts: {
    createdAt: { expression: 'l.created_at', type: 'timestamptz' },
    consumer: { expression: 'l.consumer', type: 'text' },
    deliveries: { expression: 'l.deliveries', type: 'integer' },
  },
  filters: { consumer: 'l.consumer = $?', minDeliveries: 'l.deliveries >= $?::int' },
}

const fill = statement(
  'test_fill_letters',
  `INSERT INTO dead_letter (company_id, id, consumer, event_id, subject, message, error, deliveries, created_at)
   SELECT $1, gen_random_uuid(), 'c' || (n % 3), n::text, '', '', '', n % 7, '2026-01-01'::timestamptz + (n / 4) * interval '1 second'
   FROM generate_series(1, $2::int) n`,
)

type Page = {
  data: { id: string; deliveries: number; consumer: string }[]
  page: { limit: number; nextCursor: string | null; total?: number }
}

describe('listPage', () => {
  test.for(['createdAt', '-createdAt', 'consumer', '-deliveries'])(
    'walks every row once when many rows share a sort value (%s)',
    async (sort, { db }) => {
      const database = db.open('deals')
      const companyId = randomUUID()
      await run(database, fill, [companyId, 153])
      await run(database, fill, [randomUUID(), 20])
      const seen: string[] = []
      let cursor: string | undefined
      for (let pages = 0; pages < 30; pages++) {
        const page: Page = JSON.parse(
          await listPage(database, letters, companyId, { limit: 13, sort, cursor, filters: {} }),
        )
        seen.push(...page.data.map((row) => row.id))
        if (page.page.nextCursor === null) break
        cursor = page.page.nextCursor
      }
      expect(seen).toHaveLength(153)
      expect(new Set(seen).size).toBe(153)
    },
  )

  test('filters combine, and the exact count is that of the filters', async ({ db }) => {
    const database = db.open('deals')
    const companyId = randomUUID()
    await run(database, fill, [companyId, 100])
    const page: Page = JSON.parse(
      await listPage(database, letters, companyId, {
        limit: 100,
        sort: 'createdAt',
        count: 'exact',
        filters: { consumer: 'c1', minDeliveries: 4 },
      }),
    )
    expect(page.data.every((row) => row.consumer === 'c1' && row.deliveries >= 4)).toBe(true)
    expect(page.page.total).toBe(page.data.length)
    expect(page.page.nextCursor).toBeNull()
  })

  test('a cursor of other filters, another sort or nobody’s making is refused', async ({ db }) => {
    const database = db.open('deals')
    const companyId = randomUUID()
    await run(database, fill, [companyId, 50])
    const first: Page = JSON.parse(
      await listPage(database, letters, companyId, { limit: 5, sort: 'createdAt', filters: {} }),
    )
    const cursor = first.page.nextCursor ?? ''
    const [, id, print] = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    const tampered = Buffer.from(JSON.stringify(['no time at all', id, print])).toString('base64url')
    const attempts = [
      { sort: '-createdAt', cursor, filters: {} },
      { sort: 'createdAt', cursor, filters: { consumer: 'c1' } },
      { sort: 'createdAt', cursor: 'AAAA', filters: {} },
      { sort: 'createdAt', cursor: tampered, filters: {} },
    ]
    for (const attempt of attempts) {
      await expect(listPage(database, letters, companyId, { limit: 5, ...attempt })).rejects.toMatchObject({
        kind: 'invalid',
        code: 'invalid_cursor',
      })
    }
  })

  test('a page is one statement, and an exact count one more', async ({ db }) => {
    const database = db.open('deals')
    const before = database.counters.queries
    await listPage(database, letters, randomUUID(), { limit: 20, sort: 'createdAt', filters: {} })
    expect(database.counters.queries - before).toBe(1)
    await listPage(database, letters, randomUUID(), { limit: 20, sort: 'createdAt', count: 'exact', filters: {} })
    expect(database.counters.queries - before).toBe(3)
  })
})
