import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

// What a gateway forwards to when only its own work is to be seen.
const server = createServer((request, response) => {
  request.resume()
  response.writeHead(204).end()
})

server.listen(0, '127.0.0.1', () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`))
process.on('SIGTERM', () => process.exit(0))
