import { spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'

/**
 * Runs the checks side by side, as many at once as there are processors. Prints each result as it comes, and the output of those that failed.
 * @param {{ name: string, command: string[], showsOutput?: boolean }[]} checks
 * @param {{ cwd: string, print: (line: string) => void }} options
 * @returns {Promise<string[]>} the names of the checks that failed
 */
export async function runChecks(checks, { cwd, print }) {
  const waiting = [...checks]
  const failed = []
  const work = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      const result = await run(check.command, cwd)
      print(report(check, result))
      if (result.code !== 0) failed.push(check.name)
    }
  }
  await Promise.all(Array.from({ length: Math.max(2, availableParallelism()) }, work))
  return failed
}

function report({ name, showsOutput }, { code, output, seconds }) {
  const line = `${code === 0 ? '✓' : '✗'} ${name.padEnd(24)} ${seconds.toFixed(1).padStart(5)} s`
  const isShown = (code !== 0 || showsOutput) && output.trim() !== ''
  return isShown ? `${line}\n${indent(output.trimEnd())}` : line
}

function run([program = '', ...args], cwd) {
  const startedAt = performance.now()
  const child = spawn(program, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk) => {
      output += chunk
    })
  }
  return new Promise((resolve) => {
    const finish = (code) => resolve({ code, output, seconds: (performance.now() - startedAt) / 1000 })
    child.on('error', (error) => {
      output += `${program}: ${error.message}`
      finish(1)
    })
    child.on('close', finish)
  })
}

const indent = (text) => text.replaceAll(/^/gm, '    ')
