import { hasDebianPackages, unpackProgram } from './debian-packages.ts'
import { findOnPath } from './find-on-path.ts'
import { type Log, SetupError } from './local-server.ts'

export type Program = { command: string; env: NodeJS.ProcessEnv }

type Wanted = {
  /** Names under which systems ship it, the best first. */
  programs: [string, ...string[]]
  debianPackages: string[]
  /** The environment variable that names a server elsewhere. */
  variable: string
  /** How to install it where it cannot be fetched. */
  install: string
}

export const redisProgram: Wanted = {
  programs: ['redis-server', 'valkey-server'],
  debianPackages: ['redis-server', 'redis-tools'],
  variable: 'REDIS_URL',
  install: 'brew install redis · dnf install valkey · pacman -S valkey · apk add redis',
}

export const natsProgram: Wanted = {
  programs: ['nats-server'],
  debianPackages: ['nats-server'],
  variable: 'NATS_URL',
  install: 'brew install nats-server · pacman -S nats-server · apk add nats-server · or https://nats.io/download',
}

/** The server program from PATH, else unpacked from the distribution's packages into `packagesFolder`. */
export async function findProgram(wanted: Wanted, packagesFolder: string, log: Log): Promise<Program> {
  const installed = wanted.programs.map(findOnPath).find((path) => path !== undefined)
  if (installed) return { command: installed, env: process.env }

  const [program] = wanted.programs
  if (hasDebianPackages()) {
    const { command, libraryPath } = await unpackProgram(program, wanted.debianPackages, packagesFolder, log)
    return { command, env: { ...process.env, LD_LIBRARY_PATH: libraryPath } }
  }
  throw new SetupError(
    `${program} is not installed, and this system has no apt to fetch it from.\n` +
      `  Install it: ${wanted.install}\n  or set ${wanted.variable} to a server you have, or run: docker compose up`,
  )
}
