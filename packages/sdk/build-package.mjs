// Makes dist/ a package that npm can publish as it is: node packages/sdk/build-package.mjs [folder]
import { execFileSync } from 'node:child_process'
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const here = import.meta.dirname
const root = join(here, '..', '..')
const folder = resolve(process.argv[2] ?? join(here, 'dist'))

rmSync(folder, { recursive: true, force: true })
execFileSync(
  join(root, 'node_modules', '.bin', 'tsc'),
  ['-p', join(here, 'tsconfig.package.json'), '--outDir', folder],
  {
    stdio: 'inherit',
  },
)
for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
  if (name.endsWith('.d.ts')) nameDeclarations(join(folder, name))
}
for (const [from, name] of [
  [here, 'README.md'],
  [root, 'LICENSE'],
])
  cpSync(join(from, name), join(folder, name))

const { name, version, license, type } = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8'))
const entry = { types: './index.d.ts', default: './index.js' }
const manifest = {
  name,
  version,
  description:
    'A typed client of the Dealwire API: calls with retries, lists to iterate over, and the live stream of events',
  license,
  type,
  sideEffects: false,
  engines: { node: '>=20.3' },
  exports: { '.': entry, './package.json': './package.json' },
  types: entry.types,
  publishConfig: { access: 'public' },
}
writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`)

/** The compiler rewrites the names of files in code only; a declaration would refer to sources that are not there. */
function nameDeclarations(file) {
  const text = readFileSync(file, 'utf8')
  writeFileSync(file, text.replaceAll(/(from '\.{1,2}\/[^']+)\.ts'/g, "$1.js'"))
}
