export { identityHeaders, makeActor, TEST_INTERNAL_SECRET } from './actors.ts'
export { TEST_PASSWORD, type TestDatabase } from './database.ts'
export { test } from './test.ts'
export { waitFor } from './wait-for.ts'
