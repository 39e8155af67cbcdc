export { buildServices } from './build-services.ts'
export { localFolder, repositoryRoot, testFolder } from './folders.ts'
export { freePort } from './free-port.ts'
export { type LocalServer, type ServerName, SetupError } from './local-server.ts'
export type { ManagedProcess } from './managed-process.ts'
export { type PrivateSystem, startPrivateSystem } from './private-system.ts'
export { localSecrets } from './secrets.ts'
export {
  deleteData,
  type Servers,
  type ServersOptions,
  startServer,
  startServers,
  sweepAbandoned,
} from './servers.ts'
export { type Service, serviceEnvironment, serviceFolder, services } from './services.ts'
export { waitUntil } from './wait-until.ts'
