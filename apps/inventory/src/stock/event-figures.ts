import type { EventData, stockReserved } from '@dealwire/contracts'
import { moneyText, quantityNumber } from './exact.ts'

type Figures = { readonly onHand: bigint; readonly reserved: bigint; readonly value: bigint }

/** A level as events tell it. */
export function figuresOf(level: Figures): EventData<typeof stockReserved>['lines'][number]['before'] {
  return {
    onHand: quantityNumber(level.onHand),
    reserved: quantityNumber(level.reserved),
    value: moneyText(level.value),
  }
}
