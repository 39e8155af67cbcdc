// Everything that can be checked without servers. `pnpm verify` runs it alone, `npm test` before the tests.
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from './repository.mjs'
import { runChecks } from './run-checks.mjs'

const script = (name) => [process.execPath, join(import.meta.dirname, name)]

/** @returns {Promise<string[]>} the names of the checks that failed */
export async function verify() {
  return runChecks(
    [
      { name: 'types', command: ['tsc', '-p', 'tsconfig.json', '--noEmit'] },
      {
        name: 'format and lint',
        command: ['biome', 'ci', '--error-on-warnings', '--colors=off', '--max-diagnostics=50'],
      },
      {
        name: 'boundaries',
        command: ['depcruise', '--config', '.dependency-cruiser.mjs', 'apps', 'packages', 'infra'],
      },
      { name: 'unused code', command: ['knip', '--no-progress', '--no-config-hints'] },
      { name: 'migrations', command: script('migrations.mjs') },
      { name: 'links in documents', command: script('markdown-links.mjs') },
      { name: '.env.example', command: script('env-example.mjs') },
      { name: 'compose and Kubernetes', command: script('deployments.mjs') },
      { name: 'sizes of files', command: script('file-sizes.mjs'), showsOutput: true },
    ],
    { cwd: root, print: (line) => process.stdout.write(`${line}\n`) },
  )
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const failed = await verify()
  if (failed.length > 0) process.stdout.write(`\nFailed: ${failed.join(', ')}\n`)
  process.exitCode = failed.length > 0 ? 1 : 0
}
