import { appendFile, mkdtemp, readdir, rename, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { waitFor } from '@dealwire/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { newCounters } from '../src/counters.ts'
import { openSpool, type Spool } from '../src/spool.ts'
import { tailFile } from '../src/tail-source.ts'

let folder: string
let path: string
let spool: Spool
let stop: () => Promise<void>
let seen: unknown[]

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tail-'))
  path = join(folder, 'queue_log')
  spool = await openSpool({ folder: join(folder, 'spool'), maxBytes: 1_000_000 })
  seen = []
})
afterEach(async () => {
  await stop()
  await spool.close()
  await rm(folder, { recursive: true, force: true })
})

/** Resolves when it knows where in the file it is. */
async function follow(fromStart = true): Promise<void> {
  const stopping = new AbortController()
  const following = tailFile({ path, stateFolder: folder, pollMs: 5, fromStart }, spool, newCounters(), stopping.signal)
  stop = async () => {
    stopping.abort()
    await following
  }
  await waitFor('the place', async () => (await readdir(folder)).some((name) => name.endsWith('.place.json')))
}

/** Everything that was spooled so far, once it is what is expected. */
async function arrived(expected: string[]): Promise<void> {
  await waitFor(`${expected.join(', ')}; seen ${seen.join(', ')}`, async () => {
    const batch = await spool.take(1_000, 1_000_000)
    await spool.release(batch)
    seen.push(...batch.items)
    return seen.length >= expected.length
  })
  expect(seen).toStrictEqual(expected)
}

test('whole lines only, also of a file that is not there yet', async () => {
  await follow(false)
  await writeFile(path, 'one\ntw')
  await arrived(['one'])
  await appendFile(path, 'o\r\n\nthree\n')
  await arrived(['one', 'two', 'three'])
})

test('rotated: the old file to its end, then the new one from its beginning', async () => {
  await writeFile(path, 'one\n')
  await follow()
  await arrived(['one'])
  await appendFile(path, 'two\n')
  await rename(path, `${path}.1`)
  await appendFile(`${path}.1`, 'three\n')
  await writeFile(path, 'four\n')
  await arrived(['one', 'two', 'three', 'four'])
})

test('emptied: from the beginning, even when it has grown past the old place', async () => {
  await writeFile(path, 'one\n')
  await follow()
  await arrived(['one'])
  await truncate(path)
  await writeFile(path, 'another\nand another\n')
  await arrived(['one', 'another', 'and another'])
})

test('after a stop it goes on where it was, also when the file was rotated meanwhile', async () => {
  await writeFile(path, 'one\ntwo\n')
  await follow()
  await arrived(['one', 'two'])
  await stop()
  await appendFile(path, 'three\n')
  await rename(path, `${path}.1`)
  await writeFile(path, 'four\n')
  await follow()
  await arrived(['one', 'two', 'three', 'four'])
})

test('a file met for the first time is followed from its end, unless all of it is asked for', async () => {
  await writeFile(path, 'old\n')
  await follow(false)
  await appendFile(path, 'new\n')
  await arrived(['new'])
})
