import type { Tx } from '@dealwire/db/client'
import type { NewDeadLetter } from './dead-letter.ts'
import { insertDeadLetters } from './dead-letters.repository.ts'

const MAX_MESSAGE_CHARACTERS = 2_000

/** Keeps what cannot be used; stored if and only if the transaction commits, in the round trip of COMMIT. */
export function keepDeadLetters(tx: Tx, letters: readonly NewDeadLetter[]): void {
  if (letters.length === 0) return
  const kept = letters.map((letter) => ({
    ...letter,
    message: storable(letter.message),
    rawQuery: storable(letter.rawQuery),
  }))
  tx.hooks.beforeCommit.push(() => insertDeadLetters(tx, kept))
}

/** Postgres text holds no NUL, and what nobody understood may hold anything. */
function storable(text: string): string {
  return text.replaceAll('\u0000', '\uFFFD').toWellFormed().slice(0, MAX_MESSAGE_CHARACTERS)
}
