import type { IncomingMessage, ServerResponse } from 'node:http'
import { Server } from 'node:net'
import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'

type HttpServer = FastifyInstance['server']

/** Long enough for every connection that is in use to have its last answer. */
const LAST_ANSWERS_MS = 1_000

/** Twice what the kernel keeps for us: Node asks it to keep 511. */
const MOST_WAITING = 1_024

/**
 * Ends listening without breaking a request: no new connections any more, then each open one ends with its next answer.
 * The other way round clients would come back on new connections all the while. Closing an idle connection at once, as the
 * HTTP server's own `close` does, would break a request that is on its way: they have a second to be used once more.
 */
export async function stopListening(server: HttpServer): Promise<void> {
  await acceptWaiting(server)
  Server.prototype.close.call(server)
  server.prependListener('request', (_request: IncomingMessage, response: ServerResponse) => {
    response.shouldKeepAlive = false
  })
  const giveUpAt = performance.now() + LAST_ANSWERS_MS
  while ((await openConnections(server)) > 0 && performance.now() < giveUpAt) await sleep(10)
}

/**
 * A listener that closes resets the connections that the kernel has taken and we have not, requests included. A busy
 * process has some, since one is accepted in each turn of the event loop: a turn that accepts none has left none.
 */
async function acceptWaiting(server: HttpServer): Promise<void> {
  let hasAccepted = true
  const onConnection = () => {
    hasAccepted = true
  }
  server.on('connection', onConnection)
  await turn()
  for (let turns = 0; hasAccepted && turns < MOST_WAITING; turns++) {
    hasAccepted = false
    await turn()
  }
  server.off('connection', onConnection)
}

function openConnections(server: HttpServer): Promise<number> {
  return new Promise((resolve) => server.getConnections((error, count) => resolve(error === null ? count : 0)))
}
