import { problem, type Route } from '@dealwire/contracts'
import { expect } from 'vitest'
import { z } from 'zod'
import type { Answer } from './client.ts'

/** What must never be in an answer: where our code is, or what it said to the database. */
const INSIDE = /\bat .+\.(ts|js):\d+|node_modules|\bSELECT\b.+\bFROM\b|\bINSERT INTO\b|syntax error at or near/s

/** A problem document of this status, with every field that a caller may rely on. */
export function expectProblem(answer: Answer, status: number | readonly number[], code?: string): void {
  const shown = `${answer.status} ${answer.text.slice(0, 600)}`
  expect([status].flat(), shown).toContain(answer.status)
  expect(answer.contentType, shown).toMatch(/^application\/problem\+json/)
  const parsed = problem.safeParse(answer.json)
  expect(parsed.error && z.prettifyError(parsed.error), shown).toBeUndefined()
  if (!parsed.success) return
  expect(parsed.data.status, shown).toBe(answer.status)
  expect(parsed.data.requestId, shown).toBe(answer.headers.get('x-request-id'))
  expect(parsed.data.type, shown).toMatch(new RegExp(`/${parsed.data.code}$`))
  expect(parsed.data.detail, shown).not.toBe('')
  expect(answer.text, shown).not.toMatch(INSIDE)
  if (code !== undefined) expect(parsed.data.code, shown).toBe(code)
}

export function expectSuccess(route: Route, answer: Answer): void {
  const shown = `${answer.status} ${answer.text.slice(0, 600)}`
  expect(answer.status, shown).toBeGreaterThanOrEqual(200)
  expect(answer.status, shown).toBeLessThan(300)
  expectDocumented(route, answer)
}

/** An answer that the contract lists, and that is what the contract says. */
export function expectDocumented(route: Route, answer: Answer): void {
  const shown = `${answer.status} ${answer.text.slice(0, 600)}`
  expect(Object.keys(route.responses), shown).toContain(String(answer.status))
  expect(answer.headers.get('x-request-id'), shown).toMatch(/^[0-9a-f-]{36}$/)
  if (answer.status >= 400) expectProblem(answer, answer.status)
  else expectPromised(route.responses[answer.status] ?? null, answer)
}

function expectPromised(schema: z.ZodType | null, answer: Answer): void {
  const shown = `${answer.status} ${answer.text.slice(0, 600)}`
  if (schema === null) expect(answer.text, shown).toBe('')
  if (schema === null || answer.json === undefined) return // a download or a stream: its own tests read it
  const parsed = schema.safeParse(answer.json)
  expect(parsed.error && z.prettifyError(parsed.error), shown).toBeUndefined()
}

/** The document without what differs by design: the request's id, and the entity id that it quotes. */
export function withoutIds(answer: Answer, ids: readonly string[]): unknown {
  const text = ids.reduce((all, id) => all.replaceAll(id, '<id>'), answer.text)
  const { requestId: _requestId, ...rest } = JSON.parse(text) as Record<string, unknown>
  return rest
}
