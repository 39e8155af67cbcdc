import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

export type Seen = { method: string; url: string; headers: IncomingMessage['headers']; body: string }
type Reply = (response: ServerResponse, seen: Seen) => void

/** A network that fails as the test says: each request gets the next reply, the last one stays. Answers what it has seen. */
export async function startServer(...replies: Reply[]): Promise<{ url: string; seen: Seen[] }> {
  const seen: Seen[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { method = '', url = '', headers } = request
      const one = { method, url, headers, body: Buffer.concat(chunks).toString() }
      seen.push(one)
      replies[Math.min(seen.length, replies.length) - 1]?.(response, one)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen }
}

export const answer =
  (status: number, body: unknown, headers: Record<string, string> = {}): Reply =>
  (response) =>
    void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))

export const refuse = (status: number, code: string, headers: Record<string, string> = {}): Reply =>
  answer(
    status,
    { type: `/problems/${code}`, title: code, status, detail: 'because', code, requestId: 'r-1' },
    { 'content-type': 'application/problem+json', ...headers },
  )

/** The connection breaks before an answer. */
export const breakOff: Reply = (response) => void response.destroy()

/** No answer ever. */
export const silence: Reply = () => undefined
