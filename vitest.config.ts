import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

const folders = ['apps/*', 'packages/*', 'infra/*']
const filesNamed = (suffix: string) =>
  folders.flatMap((folder) => [`${folder}/src/**/*.${suffix}.ts`, `${folder}/test/**/*.${suffix}.ts`])
const integration = [...filesNamed('int.test'), ...filesNamed('e2e.test')]

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: filesNamed('test'),
          exclude: ['**/node_modules/**', '**/dist/**', ...integration],
        },
      },
      {
        test: {
          name: 'integration',
          include: integration,
          exclude: ['**/node_modules/**', '**/dist/**'],
          globalSetup: ['packages/testing/src/global-setup.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          // Every worker talks to the same three servers: more of them only wait for each other.
          maxWorkers: Math.min(3, Math.max(2, availableParallelism() - 1)),
        },
      },
    ],
  },
})
