import { AppError } from '@dealwire/errors'
import { quantityNumber } from './exact.ts'
import { available, type Level } from './level.ts'

/** Refuses the whole request when any place is short, and names every one of them. `own` is what is held for this very purpose. */
export function ensureAvailable(wanted: ReadonlyMap<Level, bigint>, own?: ReadonlyMap<Level, bigint>): void {
  const open = (level: Level) => available(level) + (own?.get(level) ?? 0n)
  const short = [...wanted].filter(([level, requested]) => requested > open(level))
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
        available: quantityNumber(open(level)),
        message: `${quantityNumber(requested)} of '${level.sku}' requested, ${quantityNumber(open(level))} available`,
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
