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

/** JSON lines on standard output; secrets are replaced before they are written. */
export function createLogger(options: { service: string; level: string }): Logger {
  return pino({
    level: options.level,
    base: { service: options.service },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: { paths: REDACTED, censor: '[redacted]' },
  })
}
