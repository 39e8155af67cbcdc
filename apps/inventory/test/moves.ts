import fc from 'fast-check'
import type { Move } from './oracle.ts'

// Small figures meet their limits often; fractions of a unit and of a cent meet every rounding.
const quantity = fc.oneof(
  fc.bigInt(1n, 20n).map((units) => units * 1_000n),
  fc.bigInt(1n, 5_000n),
)
const unitCost = fc.oneof(
  fc.constant(0n),
  fc.bigInt(1n, 2_000n).map((cents) => cents * 100n),
  fc.bigInt(1n, 99_999n),
)

export const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('receive' as const), quantity, unitCost }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('consume' as const), quantity }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('lose' as const), quantity }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('find' as const), quantity }) },
)
