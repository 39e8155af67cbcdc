import { fileURLToPath } from 'node:url'
import { type ChildServer, startChildServer } from '../child-server.ts'

/** Starts the bare limit as a process of its own, on a free port. */
export function startLimit(databaseUrl: string): Promise<ChildServer> {
  return startChildServer(fileURLToPath(new URL('server.ts', import.meta.url)), { DATABASE_URL: databaseUrl })
}
