import { AppError } from '@dealwire/errors'

export function locationKeyTaken(key: string, cause: unknown): AppError {
  return new AppError(
    'conflict',
    'duplicate_key',
    `A location with key '${key}' exists; use it, or choose another key.`,
    { cause },
  )
}
