import { connect } from 'node:net'
import { Client } from 'pg'
import type { ServerName } from './local-server.ts'

const probeTimeoutMs = 1_000

/** Whether the server at the address takes requests. */
export const probes: Record<ServerName, (url: string) => Promise<boolean>> = {
  postgres: postgresAnswers,
  redis: (url) => answersWith(url, 'PING\r\n', /\+PONG|-NOAUTH/),
  // One that asks who we are is up as well.
  nats: (url) => answersWith(url, 'CONNECT {"verbose":false}\r\nPING\r\n', /^PONG|^-ERR 'Authorization/m),
}

async function postgresAnswers(url: string): Promise<boolean> {
  const client = new Client({
    connectionString: url,
    connectionTimeoutMillis: probeTimeoutMs,
    query_timeout: probeTimeoutMs,
  })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.query('SELECT 1')
    return true
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** Sends a line to the server and waits for the answer that shows it works. */
function answersWith(url: string, question: string, answer: RegExp): Promise<boolean> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve) => {
    let received = ''
    const socket = connect({ host: hostname, port: Number(port) }, () => socket.write(question))
    const finish = (result: boolean) => {
      socket.destroy()
      resolve(result)
    }
    socket.setTimeout(probeTimeoutMs, () => finish(false))
    socket.on('error', () => finish(false))
    socket.on('close', () => finish(false))
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1')
      if (answer.test(received)) finish(true)
    })
  })
}
