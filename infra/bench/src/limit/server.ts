import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import pg from 'pg'
import { statements } from './statements.ts'

// The yardstick: one process, no framework, no auth, one prepared statement per call, and Postgres builds the JSON.
const POOL_SIZE = 12

const pool = new pg.Pool({
  connectionString: process.env['DATABASE_URL'],
  options: '-c search_path=deals,extensions -c timezone=UTC',
  max: POOL_SIZE,
  application_name: 'bench-limit',
})

async function answer(request: IncomingMessage): Promise<string> {
  const url = new URL(request.url ?? '/', 'http://limit')
  const statement = statements[url.pathname.slice(1)]
  if (statement === undefined) throw new Error(`There is no ${url.pathname}`)
  const body = await text(request)
  const { rows } = await pool.query<{ json: string | null }>({
    name: url.pathname,
    text: statement.text,
    values: statement.values(url.searchParams, body),
  })
  const json = rows[0]?.json
  if (typeof json !== 'string') throw new Error(`${url.pathname} found nothing`)
  return json
}

const server = createServer((request, response) => {
  answer(request).then(
    (json) =>
      response
        .writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(json) })
        .end(json),
    (error: Error) => response.writeHead(500).end(error.message),
  )
})

server.listen(0, '127.0.0.1', () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`))
process.on('SIGTERM', () => process.exit(0))
