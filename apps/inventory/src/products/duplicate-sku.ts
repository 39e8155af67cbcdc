import { AppError } from '@dealwire/errors'

export function duplicateSku(sku: string, cause: unknown): AppError {
  return new AppError(
    'conflict',
    'duplicate_sku',
    `A product with SKU '${sku}' exists; use it, or choose another SKU.`,
    { cause },
  )
}
