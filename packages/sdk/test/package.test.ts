import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'

const run = promisify(execFile)
const sdk = join(import.meta.dirname, '..')
const bin = join(sdk, '..', '..', 'node_modules', '.bin')

const consumer = `
import { createClient, type CrmEvent, type Deal, isProblem } from '@dealwire/sdk'
const client = createClient({ baseUrl: 'http://localhost:8080' })
export const first: Promise<Deal> = client.deals.get('1')
export const codes = (error: unknown) => isProblem(error, 'duplicate')
export async function* won(): AsyncGenerator<CrmEvent<'crm.deals.deal.won'>> {
  for await (const { event } of client.stream({ types: ['deals.deal.won'] })) yield event
}
// @ts-expect-error -- a deal has no such field: the declarations say what the API says
client.deals.create({ titel: 'x' })
`

const settings = {
  compilerOptions: {
    strict: true,
    noEmit: true,
    target: 'es2022',
    module: 'nodenext',
    lib: ['es2022', 'dom', 'dom.iterable', 'dom.asynciterable'],
    types: [],
  },
  include: ['consumer.ts'],
}

test('the package that is published has code and types that a stranger can use, and nothing else', async () => {
  const home = mkdtempSync(join(tmpdir(), 'dealwire-sdk-'))
  onTestFinished(() => rmSync(home, { recursive: true }))
  const folder = join(home, 'node_modules', '@dealwire', 'sdk')
  mkdirSync(folder, { recursive: true })
  await run(process.execPath, [join(sdk, 'build-package.mjs'), folder])

  const packed = await run('npm', ['pack', '--dry-run', '--json', '--offline'], { cwd: folder })
  const [{ files, name }] = JSON.parse(packed.stdout) as [{ name: string; files: { path: string }[] }]
  const paths = files.map(({ path }) => path)
  expect(name).toBe('@dealwire/sdk')
  expect(paths).toEqual(expect.arrayContaining(['LICENSE', 'README.md', 'package.json', 'index.js', 'index.d.ts']))
  expect(paths.filter((path) => !/\.(js|d\.ts)$|^(LICENSE|README\.md|package\.json)$/.test(path))).toEqual([])

  writeFileSync(join(home, 'package.json'), '{ "type": "module" }')
  writeFileSync(join(home, 'consumer.ts'), consumer)
  writeFileSync(join(home, 'tsconfig.json'), JSON.stringify(settings))
  await run(join(bin, 'tsc'), ['-p', home]).catch((error: { stdout: string }) => expect(error.stdout).toBe(''))
  const script = `import('@dealwire/sdk').then(({ createClient }) => console.log(typeof createClient({ baseUrl: 'http://x' }).deals.list))`
  const { stdout } = await run(process.execPath, ['-e', script], { cwd: home })
  expect(stdout.trim()).toBe('function')
}, 60_000)
