import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { problemCodes, problemTypeOf } from '@dealwire/contracts'
import type { ErrorKind } from '@dealwire/errors'
import { expect, test } from 'vitest'
import { internalProblem, malformedProblem, statusOf } from './problems.ts'

type Thrown = { readonly kind: ErrorKind; readonly code: string; readonly at: string }

const root = join(import.meta.dirname, '..', '..', '..')
const isSource = (file: string) => !/\.test\.ts$|\/node_modules\/|\/dist\//.test(file)

/** What is thrown anywhere. A code that is an argument is found at the calls: `refusal('code', …)` of a function that takes `code: ProblemCode`. */
function thrownIn(file: string): Thrown[] {
  const source = readFileSync(join(root, file), 'utf8')
  return [...source.matchAll(/new AppError\(\s*'(\w+)',\s*('?)(\w+)'?,/g)].flatMap(([, kind, quote, code = '']) => {
    const codes = quote === "'" ? [code] : passedCodes(source)
    return codes.map((one) => ({ kind: kind as ErrorKind, code: one, at: file }))
  })
}

/** The string literals of a file that are codes by their form, where one of its functions takes the code as an argument. */
function passedCodes(source: string): string[] {
  const [, name = ''] = /function (\w+)\([^)]*\bcode: string/.exec(source) ?? []
  return [...source.matchAll(new RegExp(`\\b${name}\\([^()]*?'([a-z]+_[a-z_]+)'`, 'g'))].map(([, code = '']) => code)
}

const files = globSync('{apps,packages}/*/src/**/*.ts', { cwd: root }).filter(isSource)
const thrown = files.flatMap(thrownIn)

test('every code that is thrown anywhere is published, with the status of its kind', () => {
  expect(thrown.length).toBeGreaterThan(50)
  for (const { kind, code, at } of thrown) {
    expect(problemTypeOf(code), `${code} of ${at} is in problem types`).toBeDefined()
    expect(problemTypeOf(code)?.status, `status of ${code}, thrown in ${at}`).toBe(statusOf(kind))
  }
})

test('every AppError names its code where it is thrown, or takes it as an argument of a call that does', () => {
  const made = files.flatMap((file) => readFileSync(join(root, file), 'utf8').match(/new AppError\(/g) ?? [])
  const understood = files.flatMap(
    (file) => readFileSync(join(root, file), 'utf8').match(/new AppError\(\s*'\w+',\s*'?\w+'?,/g) ?? [],
  )
  expect(understood.length).toBe(made.length)
})

test('every code that is published is answered somewhere', () => {
  const own = [
    internalProblem('').code,
    ...['ERR_HTTP_REQUEST_TIMEOUT', 'HPE_HEADER_OVERFLOW', ''].map((code) => malformedProblem(code, '').code),
  ]
  const known = new Set([...thrown.map(({ code }) => code), ...own])
  expect(problemCodes.filter((code) => !known.has(code))).toEqual([])
})

test('every published code says what to do', () => {
  for (const code of problemCodes) {
    const published = problemTypeOf(code)
    expect(code).toMatch(/^[a-z][a-z0-9_]*$/)
    for (const text of [published?.cause, published?.fix]) expect(text, code).toMatch(/^[A-Z`].{10,}\.$/)
  }
})
