// .env.example says what every service can be told by its environment. It is made from the schemas that parse it:
// `node infra/checks/env-example.mjs --write` writes it, without the flag it is compared.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { configSchemas } from './config-schemas.mjs'
import { root } from './repository.mjs'

const file = join(root, '.env.example')
const header = `# What the services read from their environment. Made from apps/*/src/config.ts: node infra/checks/env-example.mjs --write
# Nothing here is needed for npm start, which sets everything itself. A line that is commented out shows the default or an example.
`

function describe(name, schema) {
  const { default: fallback } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
  const isRequired = !schema.safeParse(undefined).success
  const purpose = schema.description ?? ''
  const example = /e\.g\. (\S+)/.exec(purpose)?.[1] ?? ''
  const line = isRequired ? `${name}=${example}` : `# ${name}=${fallback ?? example}`
  return `\n# ${purpose}${isRequired ? ' (required)' : ''}\n${line}\n`
}

async function generate() {
  const schemas = await configSchemas()
  // A key that every service has is told once, at the top.
  const isCommon = (key) => schemas.length > 1 && schemas.every(({ shape }) => key in shape)
  const section = (title, shape, isWanted) => {
    const entries = Object.entries(shape).filter(([key]) => isWanted(key))
    return entries.length === 0
      ? ''
      : `\n# --- ${title} ---\n${entries.map(([key, schema]) => describe(key, schema)).join('')}`
  }
  const common = schemas.length > 0 ? section('every service', schemas[0].shape, isCommon) : ''
  return header + common + schemas.map(({ app, shape }) => section(app, shape, (key) => !isCommon(key))).join('')
}

const wanted = await generate()
if (process.argv.includes('--write')) {
  writeFileSync(file, wanted)
} else if (!existsSync(file) || readFileSync(file, 'utf8') !== wanted) {
  process.stdout.write('.env.example is out of date: node infra/checks/env-example.mjs --write\n')
  process.exitCode = 1
}
