import { fileURLToPath } from 'node:url'
import { type ChildServer, startChildServer } from '../child-server.ts'

export function startNothing(): Promise<ChildServer> {
  return startChildServer(fileURLToPath(new URL('server.ts', import.meta.url)))
}
