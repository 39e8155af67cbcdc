import { seedDemo } from '../src/seed/seed-demo.ts'

/** Started by a test, which kills it in the middle. */
const [gatewayUrl = '', databaseUrl = ''] = process.argv.slice(2)
await seedDemo({ gatewayUrl, databaseUrl, log: () => undefined })
