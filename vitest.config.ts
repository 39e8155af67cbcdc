import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

const folders = ['apps/*', 'packages/*', 'infra/*']
const filesNamed = (suffix: string) =>
  folders.flatMap((folder) => [`${folder}/src/**/*.${suffix}.ts`, `${folder}/test/**/*.${suffix}.ts`])
// Whole systems of five services: one at a time, after everything else.
const systems = ['infra/*/test/**/*.e2e.test.ts']
const matrix = 'infra/matrix/test/**/*.e2e.test.ts'
const integration = [...filesNamed('int.test'), ...filesNamed('e2e.test')]
const nobodys = ['**/node_modules/**', '**/dist/**']

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: filesNamed('test'),
          exclude: [...nobodys, ...integration],
          // Some read documents of a megabyte, on a machine that may be busy.
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'integration',
          include: integration,
          exclude: [...nobodys, ...systems],
          globalSetup: ['packages/testing/src/global-setup.ts'],
          // A busy machine may take its time; a test that proves how fast something is says so itself.
          testTimeout: 90_000,
          hookTimeout: 60_000,
          // Every worker talks to the same three servers: more of them only wait for each other.
          maxWorkers: Math.min(3, Math.max(2, availableParallelism() - 1)),
        },
      },
      {
        test: {
          name: 'system',
          include: systems,
          exclude: [...nobodys, matrix],
          testTimeout: 90_000,
          // The first to come builds five services and starts them, which has taken a minute on a busy machine.
          hookTimeout: 240_000,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'matrix',
          include: [matrix],
          exclude: nobodys,
          globalSetup: ['infra/matrix/test/global-setup.ts'],
          // A fuzzed route is fifty requests beside seven other routes, on a machine that may have other work.
          testTimeout: 180_000,
          hookTimeout: 60_000,
          // One file at a time: all of them use one system, and one of them counts what arrives where in it.
          fileParallelism: false,
          maxConcurrency: 8,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
})
