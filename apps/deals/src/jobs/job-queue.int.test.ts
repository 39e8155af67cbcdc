import { randomUUID } from 'node:crypto'
import { withTx } from '@dealwire/db/client'
import { createLogger, createMetrics } from '@dealwire/telemetry'
import { type TestDatabase, test, waitFor } from '@dealwire/testing'
import { expect, onTestFinished } from 'vitest'
import { createJobQueue, type JobQueue, type Work } from './job-queue.ts'

function openQueue(db: TestDatabase): { queue: JobQueue; metrics: ReturnType<typeof createMetrics> } {
  const metrics = createMetrics('deals')
  const logger = createLogger({ service: 'deals', level: 'silent' })
  const queue = createJobQueue({ database: db.open('deals', { pipeline: false }), logger, metrics })
  onTestFinished(() => queue.stop())
  return { queue, metrics }
}

const never: Work = { run: async () => undefined, giveUp: async () => undefined }
const target = () => ({ companyId: randomUUID(), id: randomUUID() })

test('a job exists if and only if its transaction commits, and of several processes one runs it', async ({ db }) => {
  const ran: string[] = []
  const work: Work = { ...never, run: async ({ id }) => void ran.push(id) }
  const queues = [openQueue(db), openQueue(db)]
  for (const { queue } of queues) queue.work({ exports: work, imports: never })
  const [first] = queues
  if (first === undefined) throw new Error('no queue')
  const database = db.open('deals')
  const undone = target()
  const failing = withTx(database, async (tx) => {
    await first.queue.enqueue(tx, 'exports', undone)
    throw new Error('undone')
  })
  await expect(failing).rejects.toThrow('undone')
  const targets = Array.from({ length: 10 }, target)
  for (const one of targets) await withTx(database, (tx) => first.queue.enqueue(tx, 'exports', one))
  await waitFor('ten jobs', () => ran.length >= 10, 20_000)
  expect(new Set(ran)).toEqual(new Set(targets.map(({ id }) => id)))
  expect(ran).toHaveLength(10)
})

test('a job that is told to stop is handed to another process', async ({ db }) => {
  const leaving = openQueue(db)
  const staying = openQueue(db)
  const started: string[] = []
  const untilStopped: Work = {
    ...never,
    run: (_target, signal) =>
      new Promise((_resolve, reject) => {
        started.push('leaving')
        signal.addEventListener('abort', () => reject(new Error('told to stop')))
      }),
  }
  leaving.queue.work({ exports: untilStopped, imports: never })
  await withTx(db.open('deals'), (tx) => leaving.queue.enqueue(tx, 'exports', target()))
  await waitFor('the first to take it', () => started.length === 1, 20_000)
  staying.queue.work({ exports: { ...never, run: async () => void started.push('staying') }, imports: never })
  await leaving.queue.stop()
  await waitFor('the second to take it', () => started.length === 2, 20_000)
  expect(started).toEqual(['leaving', 'staying'])
})
