import { connect } from 'node:net'
import { inject } from 'vitest'
import '../provided.ts'

export type RawAnswer = { readonly status: number; readonly headers: string; readonly body: string }

const DEADLINE_MS = 10_000

/** Where the server still waits for more, it is told after this time that none will come. */
const MORE_MS = 500

/** Sends bytes as they are, and reads every answer until the server ends the connection. `later`: what follows the first answer. */
export async function sendBytes(bytes: string | Buffer, later?: string): Promise<RawAnswer[]> {
  const { hostname, port } = new URL(inject('system').gatewayUrl)
  const received = await new Promise<Buffer>((resolve, reject) => {
    const chunks: Buffer[] = []
    const socket = connect(Number(port), hostname, () => socket.write(bytes))
    const more = setTimeout(() => socket.end(), MORE_MS)
    const timer = setTimeout(() => socket.destroy(new Error('the connection stayed open')), DEADLINE_MS)
    socket.on('data', (chunk) => chunks.push(chunk))
    if (later !== undefined) socket.once('data', () => socket.write(later))
    // Refused while we still wrote: what was answered before counts.
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ECONNRESET' && error.code !== 'EPIPE') reject(error)
    })
    socket.on('close', () => {
      clearTimeout(timer)
      clearTimeout(more)
      resolve(Buffer.concat(chunks))
    })
  })
  return answersIn(received.toString('utf8'))
}

function answersIn(received: string): RawAnswer[] {
  return received
    .split(/(?=HTTP\/1\.1 \d{3} )/)
    .filter((part) => part.startsWith('HTTP/1.1 '))
    .map((part) => {
      const end = part.indexOf('\r\n\r\n')
      return { status: Number(part.slice(9, 12)), headers: part.slice(0, end).toLowerCase(), body: part.slice(end + 4) }
    })
}
