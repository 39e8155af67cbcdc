import type { Actor } from '@dealwire/contracts'
import { test as base, inject } from 'vitest'
import { makeActor } from './actors.ts'
import { createTestDatabase, type TestDatabase } from './database.ts'
import './provided.ts'

type SignedIn = Actor & { userId: string }

/** `test` with a database cloned for the file, an ADMIN of a fresh company, and one of another company. */
export const test = base.extend<{ db: TestDatabase; actor: SignedIn; stranger: SignedIn }>({
  db: [
    // biome-ignore lint/correctness/noEmptyPattern: vitest reads the fixture's needs from this pattern, and it needs none
    async ({}, use) => {
      const database = await createTestDatabase(inject('servers').databaseUrl, inject('templateDatabase'))
      await use(database)
      await database.drop()
    },
    { scope: 'file' },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: as above
  actor: async ({}, use) => use(makeActor()),
  // biome-ignore lint/correctness/noEmptyPattern: as above
  stranger: async ({}, use) => use(makeActor()),
})
