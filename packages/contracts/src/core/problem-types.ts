import { dealProblems } from './deal-problems.ts'
import { domainProblems } from './domain-problems.ts'
import { generalProblems } from './general-problems.ts'
import type { ProblemType } from './problem-type.ts'

/** Every code of a problem document or dead letter. Codes are public: they are added, never renamed. */
export const problemTypes = { ...generalProblems, ...dealProblems, ...domainProblems }

export type ProblemCode = keyof typeof problemTypes

export const problemCodes = Object.keys(problemTypes) as readonly ProblemCode[]

/** What is published of a code, or undefined for one that is not. */
export function problemTypeOf(code: string): ProblemType | undefined {
  return Object.hasOwn(problemTypes, code) ? problemTypes[code as ProblemCode] : undefined
}

/** Where a code is explained: a path of the gateway, so that it leads to the documentation of the system that answered. */
export function problemTypeUri(code: string): string {
  return `/problems/${code}`
}
