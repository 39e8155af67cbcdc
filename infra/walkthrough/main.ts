import { parseArgs } from 'node:util'
import { walkthrough } from './walkthrough.ts'

const usage = `node infra/walkthrough/main.ts [--gateway http://localhost:8080] [--freeswitch file.json]

Does the README's walk-through against a started system and checks every answer. GATEWAY_URL and FREESWITCH_DOCUMENT do the same.`

const { values } = parseArgs({
  options: { gateway: { type: 'string' }, freeswitch: { type: 'string' }, help: { type: 'boolean', default: false } },
})

if (values.help) {
  process.stdout.write(`${usage}\n`)
} else {
  const gatewayUrl =
    values.gateway ?? process.env['GATEWAY_URL'] ?? `http://localhost:${process.env['GATEWAY_PORT'] ?? '8080'}`
  const freeswitchFile = values.freeswitch ?? process.env['FREESWITCH_DOCUMENT']
  try {
    await walkthrough({ gatewayUrl, freeswitchFile, print: (line) => process.stdout.write(`${line}\n`) })
    process.stdout.write('\nEverything is as it should be.\n')
  } catch (error) {
    process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 1
  }
}
