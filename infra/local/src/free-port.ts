import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'

// Below the ranges from which operating systems pick ports for outgoing connections (32768+ on Linux, 49152+ elsewhere):
// a server that is stopped and started again finds its port still free.
const lowest = 15_000
const highest = 30_000

/** A port of this machine on which nothing listens. `preferred` wins when it is free. */
export async function freePort(preferred?: number): Promise<number> {
  if (preferred !== undefined && (await isFree(preferred))) return preferred
  for (let attempt = 0; attempt < 200; attempt++) {
    const port = randomInt(lowest, highest)
    if (await isFree(port)) return port
  }
  throw new Error(`No free port between ${lowest} and ${highest}`)
}

/** The first of so many consecutive free ports. */
export async function freePorts(count: number): Promise<number> {
  for (let attempt = 0; attempt < 50; attempt++) {
    const first = await freePort()
    const others = await Promise.all(Array.from({ length: count - 1 }, (_, index) => isFree(first + 1 + index)))
    if (others.every(Boolean)) return first
  }
  throw new Error(`No ${count} consecutive free ports between ${lowest} and ${highest}`)
}

export async function isFree(port: number, host = '127.0.0.1'): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)))
  })
}
