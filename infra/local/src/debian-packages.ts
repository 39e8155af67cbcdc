import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { findOnPath } from './find-on-path.ts'
import { type Log, SetupError } from './local-server.ts'

const run = promisify(execFile)
const aptTimeoutMs = 120_000
const libraryLevels = 4

export type Unpacked = { command: string; libraryPath: string }

/** Whether this system can hand out its distribution's packages without installing them. */
export const hasDebianPackages = () => Boolean(findOnPath('apt-get') && findOnPath('dpkg'))

/**
 * Unpacks a program of the distribution, with the shared libraries that this system lacks, into `folder`.
 * Nothing is installed and no root is needed.
 */
export async function unpackProgram(program: string, packages: string[], folder: string, log: Log): Promise<Unpacked> {
  const target = join(folder, program)
  if (!existsSync(target)) {
    log(`Unpacking ${program} from the distribution's packages`)
    const partial = `${target}.${process.pid}`
    rmSync(partial, { recursive: true, force: true })
    await unpackWithLibraries(program, packages, partial)
    renameComplete(partial, target)
  }
  return locate(program, target)
}

function renameComplete(partial: string, target: string): void {
  try {
    renameSync(partial, target)
  } catch {
    // Somebody else was faster: theirs is as good.
    rmSync(partial, { recursive: true, force: true })
  }
}

async function unpackWithLibraries(program: string, packages: string[], target: string): Promise<void> {
  let wanted = packages
  const seen = new Set(wanted)
  for (let level = 0; level < libraryLevels && wanted.length > 0; level++) {
    await unpack(wanted, target)
    const missing = await missingLibraries(locate(program, target))
    if (missing.length === 0) return
    wanted = (await dependencies(wanted)).filter((name) => !seen.has(name))
    for (const name of wanted) seen.add(name)
  }
  throw new SetupError(
    `${program} from the distribution's packages lacks shared libraries. Install it: apt install ${packages[0]}`,
  )
}

async function unpack(packages: string[], target: string): Promise<void> {
  const downloads = join(target, 'downloads')
  mkdirSync(downloads, { recursive: true })
  await download(packages, downloads)
  for (const file of readdirSync(downloads)) await run('dpkg', ['-x', join(downloads, file), target])
  rmSync(downloads, { recursive: true, force: true })
}

async function download(packages: string[], folder: string): Promise<void> {
  const get = () => run('apt-get', ['-q', 'download', ...packages], { cwd: folder, timeout: aptTimeoutMs })
  try {
    await get()
  } catch (first) {
    // A system without package lists, as container images are: only root may fetch them.
    if (process.getuid?.() !== 0) throw unavailable(packages, first)
    await run('apt-get', ['-q', 'update'], { timeout: aptTimeoutMs }).catch(() => undefined)
    await get().catch((second: unknown) => {
      throw unavailable(packages, second)
    })
  }
}

function unavailable(packages: string[], cause: unknown): SetupError {
  const reason = (cause as { stderr?: string }).stderr?.trim() ?? String(cause)
  const advice = `Run 'apt-get update' as root and try again, or install them: apt install ${packages.join(' ')}`
  return new SetupError(`apt-get cannot download ${packages.join(', ')}:\n${reason}\n${advice}`, { cause })
}

/** The libraries that the packages depend on. The C library stays the system's: two versions of it in one process crash. */
async function dependencies(packages: string[]): Promise<string[]> {
  const { stdout } = await run('apt-cache', ['depends', '--important', ...packages], { timeout: aptTimeoutMs })
  const names = [...stdout.matchAll(/^ *\|?Depends: ([a-z0-9][^\s<>]*)$/gm)].map((match) => match[1] ?? '')
  return [...new Set(names)].filter((name) => /^(lib|lua)/.test(name) && !/^lib(c6|c-bin|gcc|crypt1|stdc)/.test(name))
}

async function missingLibraries({ command, libraryPath }: Unpacked): Promise<string[]> {
  const env = { ...process.env, LD_LIBRARY_PATH: libraryPath }
  const { stdout } = await run('ldd', [command], { env }).catch(() => ({ stdout: '' }))
  return stdout.split('\n').filter((line) => line.includes('not found'))
}

function locate(program: string, target: string): Unpacked {
  const command = ['usr/bin', 'usr/sbin', 'bin', 'sbin']
    .map((bin) => join(target, bin, program))
    .find((path) => existsSync(path))
  if (!command) throw new SetupError(`The distribution's packages hold no ${program}`)
  const folders = ['usr/lib', 'lib'].flatMap((lib) => [join(target, lib), ...multiarchFolders(join(target, lib))])
  return { command, libraryPath: folders.filter((folder) => existsSync(folder)).join(':') }
}

function multiarchFolders(lib: string): string[] {
  return existsSync(lib)
    ? readdirSync(lib)
        .filter((name) => name.includes('-linux-gnu'))
        .map((name) => join(lib, name))
    : []
}
