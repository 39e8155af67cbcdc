import { AppError } from '@dealwire/errors'
import { quantityNumber } from './exact.ts'
import { available, type Level } from './level.ts'

/** Refuses the whole request when any place is short, and names every one of them. */
export function ensureAvailable(wanted: ReadonlyMap<Level, bigint>): void {
  const short = [...wanted].filter(([level, requested]) => requested > available(level))
  if (short.length === 0) return
  throw new AppError(
    'conflict',
    'insufficient_stock',
    `Stock is short for ${short.length} of ${wanted.size} products; nothing was taken.`,
    {
      errors: short.map(([level, requested]) => ({
        productId: level.productId,
        locationId: level.locationId,
        requested: quantityNumber(requested),
        available: quantityNumber(available(level)),
        message: `${quantityNumber(requested)} of '${level.sku}' requested, ${quantityNumber(available(level))} available`,
      })),
    },
  )
}

/** Lines of one place become one. */
export function summedByLevel<Line>(
  lines: readonly Line[],
  levelOf: (line: Line) => Level,
  quantityOfLine: (line: Line) => bigint,
): Map<Level, bigint> {
  const sums = new Map<Level, bigint>()
  for (const line of lines) {
    const level = levelOf(line)
    sums.set(level, (sums.get(level) ?? 0n) + quantityOfLine(line))
  }
  return sums
}
