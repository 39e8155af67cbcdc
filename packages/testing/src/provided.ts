import 'vitest'

declare module 'vitest' {
  interface ProvidedContext {
    /** The servers that the global set-up started, or found. */
    servers: { databaseUrl: string; redisUrl: string; natsUrl: string }
    /** A fully migrated, empty database that every test file clones. */
    templateDatabase: string
  }
}
