import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { repositoryRoot } from './folders.ts'
import { freePort } from './free-port.ts'
import { type LocalServer, type ServerName, SetupError } from './local-server.ts'
import { probes } from './probes.ts'
import { waitUntil } from './wait-until.ts'

const run = promisify(execFile)
const dockerTimeoutMs = 3_000
const readyTimeoutMs = 60_000
const stopTimeoutSeconds = 10

export type DockerServer = LocalServer & { remove(): Promise<void> }

type Recipe = { port: number; command: string[]; environment: Record<string, string>; url: (port: number) => string }

const recipes: Record<ServerName, () => Recipe> = {
  postgres: () => {
    const password = randomBytes(18).toString('base64url')
    return {
      port: 5432,
      command: [
        'postgres',
        '-c',
        'max_connections=300',
        '-c',
        'fsync=off',
        '-c',
        'synchronous_commit=off',
        '-c',
        'full_page_writes=off',
      ],
      environment: {
        POSTGRES_PASSWORD: password,
        POSTGRES_INITDB_ARGS: '--encoding=UTF8 --locale=C --locale-provider=builtin --builtin-locale=C.UTF-8 --no-sync',
      },
      url: (port) => `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
    }
  },
  redis: () => ({
    port: 6379,
    command: [
      'redis-server',
      '--save',
      '',
      '--maxmemory',
      '256mb',
      '--maxmemory-policy',
      'allkeys-lru',
      '--databases',
      '64',
    ],
    environment: {},
    url: (port) => `redis://127.0.0.1:${port}`,
  }),
  nats: () => ({
    port: 4222,
    command: ['--jetstream', '--store_dir', '/tmp/jetstream'],
    environment: {},
    url: (port) => `nats://127.0.0.1:${port}`,
  }),
}

let engineAnswers: Promise<boolean> | undefined

/** Whether a Docker engine answers. Asked once. */
export function dockerAnswers(): Promise<boolean> {
  engineAnswers ??= run('docker', ['info', '--format', '{{.ServerVersion}}'], { timeout: dockerTimeoutMs }).then(
    ({ stdout }) => stdout.trim() !== '',
    () => false,
  )
  return engineAnswers
}

/** A throw-away server in a container. Its host port is chosen here, so that it survives a restart. */
export async function dockerServer(name: ServerName): Promise<DockerServer> {
  // Imported late: it is large, and only machines with Docker need it.
  const { GenericContainer, getContainerRuntimeClient } = await import('testcontainers')
  const recipe = recipes[name]()
  const hostPort = await freePort()
  const url = recipe.url(hostPort)
  const blueprint = new GenericContainer(composeImage(name))
    .withExposedPorts({ container: recipe.port, host: hostPort })
    .withEnvironment(recipe.environment)
    .withCommand(recipe.command)

  let id: string | undefined
  let isRunning = false
  const container = async () => (await getContainerRuntimeClient()).container.getById(id ?? '')
  return {
    name,
    url,
    pid: undefined,
    async start() {
      if (isRunning) return
      if (id) await (await container()).start()
      else id = (await blueprint.start()).getId()
      isRunning = true
      const answers = await waitUntil(() => probes[name](url), { timeoutMs: readyTimeoutMs, everyMs: 50 })
      if (!answers) throw new SetupError(`The ${name} container does not answer on port ${hostPort}: docker logs ${id}`)
    },
    async stop() {
      if (!isRunning) return
      isRunning = false
      await (await container()).stop({ t: stopTimeoutSeconds })
    },
    async kill(signal = 'SIGKILL') {
      if (!isRunning) return
      isRunning = false
      const victim = await container()
      await victim.kill({ signal })
      await victim.wait()
    },
    async remove() {
      if (id) await (await container()).remove({ force: true, v: true })
    },
  }
}

/** Tests run the very image that `docker compose up` runs. */
function composeImage(name: ServerName): string {
  const compose = readFileSync(join(repositoryRoot, 'docker-compose.yml'), 'utf8')
  const image = new RegExp(`image: (${name}:\\S+)`).exec(compose)?.[1]
  if (!image) throw new Error(`docker-compose.yml names no image for ${name}`)
  return image
}
