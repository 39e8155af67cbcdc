import { AppError } from '@dealwire/errors'

/** Called under the row lock, so the version cannot move between this check and the change. */
export function ensureVersion(entity: { readonly version: number }, ifMatch: number | undefined): void {
  if (ifMatch === undefined || ifMatch === entity.version) return
  throw new AppError(
    'version_mismatch',
    'version_mismatch',
    `The current version is ${entity.version}, not ${ifMatch}; read it again and repeat the change.`,
  )
}
