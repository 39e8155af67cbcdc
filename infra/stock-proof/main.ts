import { parseArgs } from 'node:util'
import { proveStock } from './prove-stock.ts'

const usage = `node infra/stock-proof/main.ts [--gateway http://127.0.0.1:8080] [--clients 200] [--units 100] [--rounds 5]

Lets many clients take the same stock of a started system at once and checks that exactly what was there is gone.
Registers a company of its own; end services or their connections meanwhile as you like.`

const { values } = parseArgs({
  options: {
    gateway: { type: 'string', default: process.env['GATEWAY_URL'] ?? 'http://127.0.0.1:8080' },
    clients: { type: 'string', default: '200' },
    units: { type: 'string', default: '100' },
    rounds: { type: 'string', default: '5' },
    help: { type: 'boolean', default: false },
  },
})

if (values.help) {
  process.stdout.write(`${usage}\n`)
} else {
  const { gateway, clients, units, rounds } = values
  const counts = { clients: Number(clients), units: Number(units), rounds: Number(rounds) }
  try {
    await proveStock({ gateway, ...counts, print: (line) => process.stdout.write(`${line}\n`) })
  } catch (error) {
    process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 1
  }
}
