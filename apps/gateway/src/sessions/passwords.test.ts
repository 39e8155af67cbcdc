import { expect, test } from 'vitest'
import { openPasswords } from './passwords.ts'

test('a password verifies against its own hash only, and nobody’s hash verifies nothing', async () => {
  const passwords = openPasswords()
  const stored = await passwords.hash('correct horse battery')
  expect(stored).toMatch(/^\$argon2id\$/)
  expect(await passwords.verify(stored, 'correct horse battery')).toBe(true)
  expect(await passwords.verify(stored, 'wrong')).toBe(false)
  expect(await passwords.verify(null, 'the password of nobody')).toBe(false)
})

test('past the end of the queue the answer comes at once, and those in it are served', async () => {
  const passwords = openPasswords({ running: 1, waiting: 1 })
  const results = await Promise.allSettled([passwords.hash('a'), passwords.hash('b'), passwords.hash('c')])
  expect(results.map((result) => result.status)).toEqual(['fulfilled', 'fulfilled', 'rejected'])
  expect(results[2]).toMatchObject({ reason: { code: 'sign_in_busy', kind: 'unavailable' } })
  await passwords.hash('the queue is empty again')
})
