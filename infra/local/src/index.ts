export { buildServices } from './build-services.ts'
export { localFolder, repositoryRoot, testFolder } from './folders.ts'
export { freePort, isFree } from './free-port.ts'
export { type LocalServer, type ServerName, SetupError } from './local-server.ts'
export { ownDatabase, prepareDatabase } from './prepare-database.ts'
export { localSecrets } from './secrets.ts'
export {
  deleteData,
  type Servers,
  type ServersOptions,
  startServer,
  startServers,
  sweepAbandoned,
} from './servers.ts'
export { serviceProcess, services } from './services.ts'
export { waitUntil } from './wait-until.ts'
