// `npm start` and `npm test`: the one file that must run on whatever Node a machine has (18 or newer) before anything is installed.
// It installs with the pnpm version that package.json names, then goes on under the Node version that the lockfile pins.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { constants } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const stampFile = join(root, 'node_modules', '.dealwire-installed')
// The program itself: pnpm's wrapper in .bin does not pass signals on.
const nodeFolder = join(root, 'node_modules', 'node', 'bin')
const pinnedNode = join(nodeFolder, 'node')

// A registry that cannot be reached should be told in seconds: npm's own patience is more than a minute.
const npxOptions = [
  '--yes',
  '--loglevel=error',
  '--fetch-retries=2',
  '--fetch-retry-mintimeout=1000',
  '--fetch-retry-maxtimeout=5000',
]
// npx passes its log level on to pnpm, whose progress should still be seen.
const installCommand = ['install', '--frozen-lockfile', '--reporter=append-only', '--loglevel=info']

const say = (text) => process.stderr.write(`${text}\n`)

function fail(text) {
  say(`\n${text}`)
  process.exit(1)
}

function checkMachine() {
  const major = Number(process.versions.node.split('.')[0])
  if (major < 18)
    fail(`Dealwire needs Node 18 or newer to start (this is ${process.version}). It then uses its own Node 24.`)
  if (process.platform === 'win32') fail('Dealwire runs on Linux and macOS. On Windows, use it inside WSL 2.')
}

/** Changes whenever what should be installed changes, or the kind of machine does. */
function wantedStamp() {
  const hash = createHash('sha256')
  for (const file of ['pnpm-lock.yaml', 'package.json', 'pnpm-workspace.yaml'])
    hash.update(readFileSync(join(root, file)))
  return `${hash.digest('hex')} ${process.platform}-${process.arch}`
}

function isInstalled() {
  return existsSync(pinnedNode) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wantedStamp()
}

async function install() {
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const pnpm = packageManager.split('+')[0]
  say(`Installing with ${pnpm} (the first time takes a minute) …`)
  const { code, output } = await runQuietly('npx', [...npxOptions, pnpm, ...installCommand])
  if (code !== 0) fail(explainInstall(output))
  if (!existsSync(pinnedNode))
    fail(`The install brought no Node 24 to ${pinnedNode}. Delete node_modules and try again.`)
  writeFileSync(stampFile, wantedStamp())
}

function explainInstall(output) {
  const end = output.trim().split('\n').slice(-20).join('\n')
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ECONNRESET|ENETUNREACH|META_FETCH_FAIL|network/i.test(output)) {
    return `${end}\n\nThe npm registry cannot be reached. Check the connection, a proxy (HTTPS_PROXY), and: npm config get registry`
  }
  if (/ERR_PNPM_OUTDATED_LOCKFILE/.test(output)) {
    return `${end}\n\npackage.json and pnpm-lock.yaml disagree. Bring the lockfile up to date: npx pnpm install`
  }
  if (/ENOSPC/.test(output)) return `${end}\n\nThe disk is full.`
  if (/EACCES|EPERM/.test(output)) return `${end}\n\nFiles cannot be written: check who owns ${root} and ~/.npm.`
  return `${end}\n\nThe install failed. Delete node_modules and try again.`
}

/** Shows one line of progress, and keeps the output for the case that it fails. */
function runQuietly(command, args) {
  const child = spawn(command, args, {
    cwd: root,
    env: { ...process.env, CI: 'true' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const isTerminal = Boolean(process.stderr.isTTY)
  let output = ''
  const take = (chunk) => {
    output = (output + chunk).slice(-100_000)
    const progress = /Progress: [^\n]*/.exec(chunk)
    if (progress && isTerminal) process.stderr.write(`\r\u001b[K  ${progress[0].slice(0, 100)}`)
  }
  child.stdout.setEncoding('utf8').on('data', take)
  child.stderr.setEncoding('utf8').on('data', take)
  forwardSignals(child)
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ code: 1, output: `${command}: ${error.message}` }))
    child.on('close', (code, signal) => {
      if (isTerminal) process.stderr.write('\r\u001b[K')
      if (signal || code === 130) endLike(code, signal)
      resolve({ code, output })
    })
  })
}

/** The child decides what a signal means. From a terminal it may get Ctrl-C twice, and treats that as once. */
function forwardSignals(child) {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
}

function endLike(code, signal) {
  process.exit(signal ? 128 + (constants.signals[signal] ?? 0) : (code ?? 1))
}

/** Hands over to the pinned Node: its output is ours, our signals are its, and its exit code becomes ours. */
function continueWith(args) {
  const path = [nodeFolder, join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter)
  const child = spawn(pinnedNode, args, { cwd: root, stdio: 'inherit', env: { ...process.env, PATH: path } })
  forwardSignals(child)
  child.on('error', (error) => fail(`${pinnedNode}: ${error.message}`))
  child.on('close', endLike)
}

const entries = { start: 'infra/local/src/main.ts', test: 'infra/checks/test.mjs' }

const [task, ...args] = process.argv.slice(2)
const entry = entries[task]
if (!entry) fail(`Unknown task '${task}'. There are: ${Object.keys(entries).join(', ')}`)
checkMachine()
if (!isInstalled()) await install()
continueWith([join(root, entry), ...args])
