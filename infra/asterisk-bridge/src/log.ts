/** One JSON line: for journald, Docker and whatever reads them. */
export function log(
  level: 'info' | 'warn' | 'error',
  message: string,
  details: Readonly<Record<string, unknown>> = {},
): void {
  process.stdout.write(`${JSON.stringify({ time: new Date().toISOString(), level, message, ...details })}\n`)
}

export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
