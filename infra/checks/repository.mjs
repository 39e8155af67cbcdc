import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url))

/** Files of the repository, new ones included, ignored ones not. A copy without git history is searched by folder. */
export function repositoryFiles(extensions) {
  const isWanted = (file) => extensions.some((extension) => file.endsWith(extension))
  return listFiles().filter(isWanted)
}

function listFiles() {
  try {
    const args = ['ls-files', '--cached', '--others', '--exclude-standard', '--deduplicate']
    return execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).split('\n')
  } catch {
    const skipped = ['-name', 'node_modules', '-o', '-name', 'dist', '-o', '-name', '.local', '-o', '-name', '.turbo']
    const args = ['.', '(', ...skipped, ')', '-prune', '-o', '-type', 'f', '-print']
    const found = execFileSync('find', args, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
    return found.split('\n').map((file) => file.replace(/^\.\//, ''))
  }
}
