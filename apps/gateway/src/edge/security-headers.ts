import helmet from '@fastify/helmet'
import Fastify from 'fastify'

/** What helmet says on every answer. It says the same each time, so it is asked once, not once a request. */
export async function readSecurityHeaders(): Promise<Readonly<Record<string, string>>> {
  const app = Fastify()
  await app.register(helmet)
  app.get('/', async () => '')
  const { headers } = await app.inject('/')
  await app.close()
  const own = new Set(['content-length', 'content-type', 'date', 'connection'])
  const said = Object.entries(headers).filter(([name]) => !own.has(name))
  return Object.fromEntries(said.map(([name, value]) => [name, String(value)]))
}
