import { type Logger as PinoLogger, pino } from 'pino'

export type Logger = PinoLogger

const REDACTED = [
  'password',
  '*.password',
  'token',
  '*.token',
  'accessToken',
  '*.accessToken',
  'refreshToken',
  '*.refreshToken',
  'secret',
  '*.secret',
  'key',
  'headers.authorization',
  'headers.cookie',
  'req.headers.authorization',
]

/** A line per request would be a system call per request: lines are written together, at the latest after this long. */
const FLUSH_MS = 200
const output = pino.destination({ dest: 1, sync: true, minLength: 4_096, periodicFlush: FLUSH_MS })
process.once('exit', () => output.flushSync())

/** JSON lines on standard output; secrets are replaced before they are written. */
export function createLogger(options: { service: string; level: string }): Logger {
  const settings = {
    level: options.level,
    base: { service: options.service },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: REDACTED, censor: '[redacted]' },
  }
  return pino(settings, output)
}
