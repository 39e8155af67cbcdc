import { type IncomingMessage, type RequestListener, Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

/** A service behind the gateway that does what the test says, on a port that stays the same through stops and starts. */
export class Service {
  readonly seen: { method: string; url: string; headers: IncomingMessage['headers']; body: string }[] = []
  answer: (request: IncomingMessage, response: ServerResponse, body: string) => void = (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json', etag: '"7"' }).end('{"ok":true}')
  }
  /** Takes the request before its body was read. */
  early: RequestListener | undefined
  aborted = 0
  /** How many there were, and how many the gateway has ended. */
  connections = 0
  ended = 0
  #server: Server | undefined
  #port = 0

  async start(): Promise<void> {
    const server = new Server((request, response) => this.#serve(request, response))
    server.on('connection', (socket) => {
      this.connections++
      socket.once('end', () => this.ended++)
    })
    this.#server = server
    await new Promise<void>((resolve) => server.listen(this.#port, '127.0.0.1', resolve))
    this.#port = (server.address() as AddressInfo).port
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`
  }

  async stop(): Promise<void> {
    const server = this.#server
    this.#server = undefined
    server?.closeAllConnections()
    await new Promise<void>((resolve) => (server === undefined ? resolve() : server.close(() => resolve())))
  }

  #serve(request: IncomingMessage, response: ServerResponse): void {
    response.once('close', () => {
      if (!response.writableFinished) this.aborted++
    })
    if (this.early !== undefined) {
      this.early(request, response)
      return
    }
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('latin1')
      this.seen.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body })
      this.answer(request, response, body)
    })
  }
}

/** A service that ends with the test. */
export async function startStandIn(): Promise<Service> {
  const service = new Service()
  await service.start()
  onTestFinished(() => service.stop())
  return service
}
