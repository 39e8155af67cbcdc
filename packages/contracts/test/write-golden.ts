import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { allEvents, envelope, sampleOf } from '../src/index.ts'
import { goldenFile, goldenFolder } from './golden.ts'

// `pnpm golden`: a first message for each event that has none. An existing one is never touched: it was published.
mkdirSync(goldenFolder, { recursive: true })
const frame = sampleOf(envelope, 'output') as object
for (const { type, data } of allEvents.filter((event) => !existsSync(goldenFile(event.type)))) {
  const message = { ...frame, type, source: `/${type.split('.')[1]}`, data: sampleOf(data, 'output') }
  writeFileSync(goldenFile(type), `${JSON.stringify(message, null, 2)}\n`)
  process.stdout.write(`${type}\n`)
}
