import { appendFile, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openSpool, type Spool } from '../src/spool.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'spool-'))
})
afterEach(async () => {
  for (const spool of opened.splice(0)) await spool.close()
  await rm(folder, { recursive: true, force: true })
})

const opened: Spool[] = []
async function open(maxBytes = 1_000_000, segmentBytes = 1_000): Promise<Spool> {
  const spool = await openSpool({ folder, maxBytes, segmentBytes })
  opened.push(spool)
  return spool
}
const items = (from: number, count: number) => Array.from({ length: count }, (_, n) => `item ${from + n}`)

async function drain(spool: Spool, maxItems = 7): Promise<unknown[]> {
  const all: unknown[] = []
  for (;;) {
    const batch = await spool.take(maxItems, 100_000)
    await spool.release(batch)
    if (batch.items.length === 0) return all
    all.push(...batch.items)
  }
}

test('first in, first out, over many files, which are deleted once they are taken', async () => {
  const spool = await open()
  for (let n = 0; n < 30; n++) await spool.append(items(n * 10, 10))
  expect(await drain(spool)).toStrictEqual(items(0, 300))
  expect(spool.bytes()).toBe(0)
  expect((await readdir(folder)).filter((name) => name.endsWith('.spool'))).toHaveLength(1)
})

test('what was not released is there again after a crash, and half a line is not', async () => {
  const before = await open()
  await before.append(items(0, 20))
  await before.release(await before.take(5, 100_000))
  await before.take(5, 100_000) // taken, and the process dies
  const [file = ''] = (await readdir(folder)).filter((name) => name.endsWith('.spool'))
  await appendFile(join(folder, file), '"half a li')
  const after = await open()
  await after.append(['next'])
  expect(await drain(after)).toStrictEqual([...items(5, 15), 'next'])
})

test('a full spool makes its writer wait until there is room', async () => {
  const spool = await open(200, 100)
  await spool.append(items(0, 30))
  let isIn = false
  const waiting = spool.append(['late']).then(() => {
    isIn = true
  })
  const batch = await spool.take(10, 100_000)
  expect(isIn).toBe(false)
  await spool.release(batch)
  await spool.release(await spool.take(100, 100_000))
  await waiting
  expect(await drain(spool)).toContain('late')
  const full = items(0, 30)
  await spool.append(full)
  const refused = expect(spool.append(['x'])).rejects.toThrow('closed')
  await spool.close()
  await refused
})

test('batches keep to the number and the size asked for, but for a single item that is larger', async () => {
  const spool = await open()
  await spool.append(['a'.repeat(50), 'b'.repeat(500), 'c', 'd'])
  const sizes: number[] = []
  for (;;) {
    const batch = await spool.take(2, 100)
    if (batch.items.length === 0) break
    sizes.push(batch.items.length)
    await spool.release(batch)
  }
  expect(sizes).toStrictEqual([1, 1, 2])
})

test('concurrent writers lose nothing; a line that a disk has spoiled is passed over', async () => {
  const spool = await open()
  await Promise.all(Array.from({ length: 20 }, (_, n) => spool.append(items(n * 10, 10))))
  expect((await drain(spool)).toSorted()).toStrictEqual(items(0, 200).toSorted())
  const files = (await readdir(folder)).filter((name) => name.endsWith('.spool'))
  await appendFile(join(folder, files.at(-1) ?? ''), '\u0000\u0000nonsense\n')
  await spool.append(['after'])
  expect(await drain(spool)).toStrictEqual(['after'])
  expect(JSON.parse(await readFile(join(folder, 'position.json'), 'utf8'))).toMatchObject({
    segment: expect.any(Number),
  })
})
