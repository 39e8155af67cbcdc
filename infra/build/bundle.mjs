// Bundles the app in the current folder: src/main.ts and everything it imports become dist/main.js, and the same for each command of an operator.
// A service then starts from one file: no module resolution at boot, and no node_modules in its image but native ones.
import { copyFileSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

// Packages with machine code of their own, and one that `pg` asks for only when it is wanted.
const external = ['@node-rs/argon2', 'pg-native']

// Libraries in CommonJS call require, __filename and __dirname, which ES modules lack.
const banner = [
  "import { createRequire as __createRequire } from 'node:module'",
  "import { fileURLToPath as __fileURLToPath } from 'node:url'",
  "import { dirname as __dirnameOf } from 'node:path'",
  'const require = __createRequire(import.meta.url)',
  'const __filename = __fileURLToPath(import.meta.url)',
  'const __dirname = __dirnameOf(__filename)',
].join('\n')

const entries = process.argv.slice(2)
const { assets = {}, commands = {} } = JSON.parse(readFileSync('package.json', 'utf8'))
const ofEveryService = Object.fromEntries(
  ['replay', 'retry-dead-letters'].map((name) => [
    name,
    fileURLToPath(new URL(`../../packages/messaging/src/cli/${name}.ts`, import.meta.url)),
  ]),
)

rmSync('dist', { recursive: true, force: true })
await build({
  // By name: `"commands": { "<name in dist>": "<path>" }` in its package.json.
  entryPoints: entries.length > 0 ? entries : { main: 'src/main.ts', ...commands, ...ofEveryService },
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  // What is imported on demand stays a file of its own, and is not read by those who do not ask for it.
  splitting: true,
  mainFields: ['module', 'main'],
  sourcemap: 'linked',
  sourcesContent: false,
  // Only what a package declares may be bundled, whatever NODE_PATH a wrapper has set.
  nodePaths: [],
  external,
  banner: { js: banner },
  logLevel: 'warning',
})

// Files that the app reads at run time and that come from a package: `"assets": { "<name in dist>": "<path>" }` in its package.json.
for (const [name, path] of Object.entries(assets)) copyFileSync(path, join('dist', name))
