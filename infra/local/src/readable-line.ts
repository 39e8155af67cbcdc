type LogEntry = { level?: number; time?: number; msg?: string; err?: { stack?: string } }

const levels: Record<number, string> = { 10: 'trace', 20: 'debug', 30: 'info', 40: 'warn', 50: 'error', 60: 'fatal' }

/** A service's JSON log line for people; other lines stay as they are. */
export function readableLine(line: string): string {
  if (!line.startsWith('{')) return line
  try {
    const { level, time, msg, err, ...rest } = JSON.parse(line) as LogEntry & Record<string, unknown>
    if (level === undefined) return line
    const { pid, hostname, service, ...facts } = rest
    const shown = Object.entries(facts).map(
      ([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
    )
    const clock = time === undefined ? '' : new Date(time).toISOString().slice(11, 23)
    return [clock, levels[level] ?? level, msg, ...shown, err?.stack ? `\n${err.stack}` : ''].filter(Boolean).join(' ')
  } catch {
    return line
  }
}
