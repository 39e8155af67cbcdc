// `npm test`: the static checks, then all tests. `npm test -- <path>` runs only the tests that match.
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { root } from './repository.mjs'
import { verify } from './verify.mjs'

const wanted = process.argv.slice(2)

function vitest() {
  const child = spawn('vitest', ['run', ...wanted], { cwd: root, stdio: 'inherit' })
  // From a terminal vitest gets Ctrl-C by itself, and a second one would cut its clean-up short.
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'))
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => resolve(signal ? 128 + constants.signals[signal] : (code ?? 1)))
  })
}

const failed = wanted.length === 0 ? await verify() : []
process.stdout.write('\n')
const code = await vitest()
// Said again at the end, where it is not missed: the tests' own summary is about the tests only.
if (failed.length > 0)
  process.stdout.write(`\nStatic checks that failed: ${failed.join(', ')} (see above, or run: pnpm verify)\n`)
process.exitCode = code || (failed.length > 0 ? 1 : 0)
