// The compose file and the Kubernetes manifests: well-formed, and each service is given what it needs and nothing it does not know.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse, parseAllDocuments } from 'yaml'
import { configSchemas } from './config-schemas.mjs'
import { root } from './repository.mjs'

const kubernetes = join(root, 'infra', 'kubernetes')
const problems = []

const manifests = readdirSync(kubernetes, { recursive: true })
  .filter((file) => file.endsWith('.yaml'))
  .flatMap((file) =>
    parseAllDocuments(readFileSync(join(kubernetes, file), 'utf8'), { uniqueKeys: true }).map((document) => {
      problems.push(...document.errors.map((error) => `${file}: ${error.message}`))
      return { file, body: document.toJS() }
    }),
  )

/** Against the API's own schemas. A patch is no whole object, and kustomize reads its own files itself. */
for (const { file, body } of manifests) {
  if (body.kind === 'Kustomization' || file.endsWith('every-service.yaml')) continue
  const { [body.kind]: Model } = await import(`kubernetes-models/${body.apiVersion}`)
  try {
    new Model(body).validate()
  } catch (error) {
    problems.push(`${file}: ${body.kind} ${body.metadata?.name}: ${error.message}`)
  }
}

/** `| \`secret\`, \`secret\` | \`KEY\`, … |` of the README; "the same" stands for the row above. */
const secrets = new Map()
let above = []
for (const [, names, keys] of readFileSync(join(kubernetes, 'README.md'), 'utf8').matchAll(
  /^\s*\| (`dealwire.*?) \| (.*?) \|$/gm,
)) {
  const own = [...keys.matchAll(/`([A-Z_]+)`/g)].map(([, key]) => key)
  above = keys.includes('the same') ? [...above, ...own] : own
  for (const [, name] of names.matchAll(/`([a-z-]+)`/g)) secrets.set(name, above)
}

function kubernetesEnvironment(app) {
  const find = (kind, name) => manifests.find(({ body }) => body.kind === kind && body.metadata?.name === name)?.body
  const settings = manifests.flatMap(({ body }) => body.configMapGenerator ?? [])
  const sources = find('Deployment', app)?.spec.template.spec.containers[0].envFrom ?? []
  return sources.flatMap(({ configMapRef, secretRef }) => {
    if (secretRef) return secrets.get(secretRef.name) ?? []
    return settings.find(({ name }) => name === configMapRef.name)?.literals.map((line) => line.split('=')[0]) ?? []
  })
}

const compose = parse(readFileSync(join(root, 'docker-compose.yml'), 'utf8'), { merge: true })

for (const { app, shape } of await configSchemas()) {
  const places = {
    'docker-compose.yml': Object.keys(compose.services[app]?.environment ?? {}),
    'infra/kubernetes': kubernetesEnvironment(app),
  }
  for (const [place, given] of Object.entries(places)) {
    for (const [key, schema] of Object.entries(shape))
      if (!given.includes(key) && !schema.safeParse(undefined).success) problems.push(`${place}: ${app} lacks ${key}`)
    for (const key of given) if (!(key in shape)) problems.push(`${place}: ${app} does not know ${key}`)
  }
}

for (const problem of problems) process.stdout.write(`${problem}\n`)
process.exitCode = problems.length > 0 ? 1 : 0
