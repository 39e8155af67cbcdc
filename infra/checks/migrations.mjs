// squawk on every migration. It reads plain SQL, so the placeholders that the migration runner fills are filled here too.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { repositoryFiles, root } from './repository.mjs'

const folder = 'packages/db/migrations/'
const migrations = repositoryFiles(['.sql'])
  .filter((file) => file.startsWith(folder) && existsSync(join(root, file)))
  .map((file) => ({ file, sql: readFileSync(join(root, file), 'utf8') }))

// Files with this mark run statement by statement; all others in one transaction.
const isBare = ({ sql }) => /^-- no-transaction/m.test(sql)

const copies = mkdtempSync(join(tmpdir(), 'dealwire-migrations-'))
try {
  const results = [
    squawk(
      migrations.filter((migration) => !isBare(migration)),
      ['--assume-in-transaction'],
    ),
    squawk(migrations.filter(isBare), []),
  ]
  process.exitCode = results.some((status) => status !== 0) ? 1 : 0
} finally {
  rmSync(copies, { recursive: true, force: true })
}

function squawk(group, flags) {
  if (group.length === 0) return 0
  const paths = group.map(({ file, sql }) => {
    const path = file.slice(folder.length)
    mkdirSync(join(copies, dirname(path)), { recursive: true })
    writeFileSync(join(copies, path), sql.replaceAll(/\{\{(\w+)\}\}/g, '$1_placeholder'))
    return join(dirname(path), basename(path))
  })
  const { status, stdout, stderr, error } = spawnSync(
    'squawk',
    ['--config', join(root, '.squawk.toml'), ...flags, ...paths],
    { cwd: copies, encoding: 'utf8' },
  )
  if (error) throw error
  if (status !== 0) process.stdout.write(`${stdout}${stderr}`)
  return status
}
