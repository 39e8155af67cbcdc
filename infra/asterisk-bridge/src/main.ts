import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { readAmi } from './ami-source.ts'
import { type Counters, newCounters } from './counters.ts'
import { importFiles } from './import-files.ts'
import { log, reasonOf } from './log.ts'
import { sendSpool } from './sender.ts'
import { readSettings, type Settings, usage } from './settings.ts'
import { openSpool, type Spool } from './spool.ts'
import { tailFile } from './tail-source.ts'

function settingsOrExit(): Settings {
  try {
    return readSettings(process.argv.slice(2), process.env)
  } catch (error) {
    process.stderr.write(`${reasonOf(error)}\n\n${usage}`)
    process.exit(2)
  }
}

const settings = settingsOrExit()
const stopping = new AbortController()
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stopping.abort())
const counters = newCounters()
const { url, connectionId, secret, spoolFolder } = settings
const sender = { url, connectionId, secret, deadLetterPath: join(spoolFolder, 'dead-letters.ndjson') }

if (settings.command === 'import') await runImport()
else await runBridge()

async function runBridge(): Promise<void> {
  const { signal } = stopping
  const spool = await openSpool({ folder: spoolFolder, maxBytes: settings.spoolMaxBytes })
  const metrics = setInterval(() => say('metrics', spool), settings.metricsSeconds * 1_000)
  const tails = settings.tail.map((path) =>
    tailFile({ path, stateFolder: spoolFolder, fromStart: settings.fromStart }, spool, counters, signal),
  )
  const sources = settings.ami === null ? tails : [...tails, readAmi(settings.ami, spool, counters, signal)]
  const sending = sendSpool(sender, spool, counters, signal)
  try {
    // Whatever gives up ends the program, to be started again by what runs it: a source that is silently dead is worse.
    await Promise.race([sending, ...sources])
  } finally {
    stopping.abort()
    await sending.catch(() => undefined) // told by the race
    await spool.close()
    await Promise.allSettled(sources)
    clearInterval(metrics)
    say('stopped', spool)
  }
}

/** A spool of its own, which an import that was interrupted begins again with: the gateway knows what it has had. */
async function runImport(): Promise<void> {
  const folder = join(spoolFolder, 'import')
  await rm(folder, { recursive: true, force: true })
  const spool = await openSpool({ folder, maxBytes: settings.spoolMaxBytes })
  // Told to stop while the spool is full, it would wait for room for ever.
  stopping.signal.addEventListener('abort', () => void spool.close())
  const reading = new AbortController()
  const whileReading = sendSpool(sender, spool, counters, AbortSignal.any([stopping.signal, reading.signal]))
  await importFiles(settings.files, spool, counters)
  reading.abort()
  await whileReading
  await sendSpool({ ...sender, untilEmpty: true }, spool, counters, stopping.signal)
  say('imported', spool)
  await spool.close()
}

function say(message: string, spool: Spool): void {
  const figures: Counters = { ...counters, spoolBytes: spool.bytes() }
  log('info', message, figures)
}
