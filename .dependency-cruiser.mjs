// The boundaries that docs/architecture.md names, as rules that fail. `pnpm boundaries` runs them.

const tests = '\\.test\\.ts$|/test/'

/** Each app, and the folder of packages/db whose tables are its own. */
const tablesOf = {
  gateway: 'identity',
  deals: 'deals',
  inventory: 'inventory',
  'telephony-ingest': 'telephony',
  analytics: 'analytics',
}
const tableFolders = Object.values(tablesOf).join('|')

/** What each package may import of the others, besides itself. Arrows point down only. */
const layers = {
  contracts: [],
  errors: [],
  config: [],
  telemetry: [],
  sdk: [],
  db: ['contracts', 'errors', 'telemetry'],
  cache: ['errors', 'telemetry'],
  http: ['contracts', 'db', 'errors', 'telemetry'],
  messaging: ['config', 'contracts', 'db', 'errors', 'telemetry'],
}

export default {
  forbidden: [
    {
      name: 'resolvable',
      comment: 'An import that cannot be found is not checked by any rule below, so it fails here.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-cycles',
      comment: 'Files that import each other can only be understood, tested and moved together.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-app-to-app',
      comment: 'Services talk over HTTP at the edge or through events; importing one ties two deployments together.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'packages-below-apps',
      comment: 'A package that knows an app cannot serve the others.',
      severity: 'error',
      from: { path: '^packages/' },
      to: { path: '^apps/' },
    },
    {
      name: 'nothing-from-infra',
      comment: 'infra runs the system; no part of the system depends on how it is run. Tests start servers through it.',
      severity: 'error',
      from: { path: '^(apps|packages)/', pathNot: ['^packages/testing/', tests] },
      to: { path: '^infra/' },
    },
    ...Object.entries(layers).map(([name, below]) => ({
      name: `layers-${name}`,
      comment: 'Arrows point down only: apps → http, messaging, cache, db → errors, contracts.',
      severity: 'error',
      from: { path: `^packages/${name}/`, pathNot: tests },
      to: { path: '^packages/', pathNot: `^packages/(${[name, ...below].join('|')})/` },
    })),
    {
      name: 'contracts-are-pure',
      comment: 'Clients and documents are made from the contracts: they must load anywhere, with zod alone.',
      severity: 'error',
      from: { path: '^packages/contracts/src/', pathNot: tests },
      to: { pathNot: ['^packages/contracts/src/', '/node_modules/zod/'] },
    },
    ...Object.entries(tablesOf).map(([app, own]) => ({
      name: `own-tables-${app}`,
      comment: 'A service reads and writes its own schema only; its database role is refused the others at run time.',
      severity: 'error',
      from: { path: `^apps/${app}/` },
      to: { path: `^packages/db/src/(${tableFolders})/`, pathNot: `^packages/db/src/${own}/` },
    })),
    {
      name: 'tables-in-repositories',
      comment: 'SQL lives in one kind of file, where the tenant key and the query plans are looked after.',
      severity: 'error',
      from: { path: '^apps/', pathNot: ['\\.repository\\.ts$', tests] },
      to: { path: `^packages/db/src/(${tableFolders})/`, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'drizzle-in-repositories',
      comment: 'As above: who imports the query builder writes queries. Its types are free.',
      severity: 'error',
      from: {
        path: '^(apps|packages|infra)/',
        pathNot: ['\\.repository\\.ts$', '^packages/(db|messaging|testing)/', '^infra/repro/', tests],
      },
      to: { path: '/node_modules/drizzle-orm/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'driver-behind-db',
      comment: 'packages/db hides which Postgres driver is used (ADR 0001), so that it can change in one place.',
      severity: 'error',
      from: { path: '^(apps|packages)/', pathNot: ['^packages/(db|messaging|testing)/', tests] },
      to: { path: '/node_modules/(pg|postgres)/' },
    },
    {
      name: 'slice-privacy',
      comment: "A slice's repository is its own: other slices call its commands, which know the rules.",
      severity: 'error',
      from: { path: '^apps/([^/]+)/src/([^/]+)', pathNot: tests },
      to: { path: '\\.repository\\.ts$', pathNot: '^apps/$1/src/$2/' },
    },
    {
      name: 'commands-open-nothing',
      comment:
        'The edge opens the transaction and talks to caches and servers; a command is given a Tx and cannot do slow I/O. Forwarding is the gateway’s trade.',
      severity: 'error',
      from: { path: '^apps/[^/]+/src/[^/]+/', pathNot: ['\\.routes\\.ts$', '^apps/gateway/', tests] },
      to: { path: '/node_modules/(fastify|ioredis|nats|undici)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-junk-drawers',
      comment: 'A folder is named after what it does. These names say only that nobody knew where to put it.',
      severity: 'error',
      from: {},
      to: { path: '^(apps|packages|infra)/.*/(utils?|helpers?|common|misc|shared|lib|services|controllers|dto)/' },
    },
    {
      name: 'tests-stay-outside',
      comment: 'What runs in production must not need test code.',
      severity: 'error',
      from: { path: '^(apps|packages|infra)/[^/]+/src/', pathNot: [tests, '^packages/testing/'] },
      to: { path: ['\\.test\\.ts$', '^packages/testing/'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '/dist/' },
    tsPreCompilationDeps: true,
    moduleSystems: ['es6'],
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.mjs', '.js', '.json'],
    },
    reporterOptions: { text: { highlightFocused: true } },
  },
}
