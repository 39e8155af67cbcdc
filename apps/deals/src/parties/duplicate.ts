import { AppError } from '@dealwire/errors'

export function duplicate(entity: 'customer' | 'contact', duplicateOfId: string | null): AppError {
  return new AppError(
    'conflict',
    'duplicate',
    `Another ${entity} has this e-mail or phone; use that one, or create this one with ?allowDuplicate=true.`,
    {
      extensions: { duplicateOfId },
    },
  )
}
