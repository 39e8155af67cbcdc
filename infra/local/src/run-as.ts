import { execFileSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { SetupError } from './local-server.ts'

export type User = { name: string; uid: number; gid: number }

/** Postgres refuses to run as root. For root: the ordinary user to run it as; otherwise undefined, which means "as we are". */
export function unprivilegedUser(): User | undefined {
  if (process.getuid?.() !== 0) return undefined
  for (const name of [process.env['SUDO_USER'], 'postgres', 'nobody']) {
    const user = name && name !== 'root' ? findUser(name) : undefined
    if (user) return user
  }
  throw new SetupError("Postgres does not run as root, and this system has no user 'postgres' or 'nobody' to run it as")
}

function findUser(name: string): User | undefined {
  const id = (flag: string) =>
    Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }))
  try {
    return { name, uid: id('-u'), gid: id('-g') }
  } catch {
    return undefined
  }
}

/** Whether the user may pass through every folder down to `path` and read what is there. */
export function canReach(user: User, path: string): boolean {
  const wanted = statSync(path).isDirectory() ? 0o5 : 0o4
  if (!allows(user, path, wanted)) return false
  for (let folder = dirname(resolve(path)); ; folder = dirname(folder)) {
    if (!allows(user, folder, 0o1)) return false
    if (folder === dirname(folder)) return true
  }
}

function allows(user: User, path: string, wanted: number): boolean {
  const { mode, uid, gid } = statSync(path)
  const shift = uid === user.uid ? 6 : gid === user.gid ? 3 : 0
  return ((mode >> shift) & wanted) === wanted
}
