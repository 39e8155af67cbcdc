import 'vitest'

declare module 'vitest' {
  interface ProvidedContext {
    system: {
      gatewayUrl: string
      /** The services behind the gateway, to read their metrics. */
      serviceUrls: string[]
      /** As superuser. */
      databaseUrl: string
      tokenSecret: string
    }
  }
}
