import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { allEvents, envelope } from '../src/index.ts'
import { goldenFile, goldenFolder } from './golden.ts'

// Every consumer must accept every message ever published, so an event's golden message is written once and never changed.

test('every event has a golden message that its schema accepts (`pnpm golden` writes the first one)', () => {
  for (const { type, data } of allEvents) {
    expect(existsSync(goldenFile(type)), `fixtures/${type}.json exists`).toBe(true)
    const message = envelope.parse(JSON.parse(readFileSync(goldenFile(type), 'utf8')))
    expect(data.safeParse(message.data).error, type).toBeUndefined()
  }
})

test('no golden message belongs to an event that is gone', () => {
  const types = new Set(allEvents.map((event) => `${event.type}.json`))
  const files = existsSync(goldenFolder) ? readdirSync(goldenFolder) : []
  expect(files.filter((file) => !types.has(file))).toEqual([])
})

test('event types are unique', () => {
  expect(new Set(allEvents.map((event) => event.type)).size).toBe(allEvents.length)
})
