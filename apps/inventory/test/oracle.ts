/** A move of stock as a test draws it: quantities in thousandths, costs in ten-thousandths, one product at one place. */
export type Move =
  | { readonly kind: 'receive'; readonly quantity: bigint; readonly unitCost: bigint }
  | { readonly kind: 'consume'; readonly quantity: bigint }
  | { readonly kind: 'lose'; readonly quantity: bigint }
  | { readonly kind: 'find'; readonly quantity: bigint }

/**
 * What stock must be, reckoned another way than the service does it: rationals over a common denominator of 10^7 (a thousandth at a
 * ten-thousandth), rounded only where a figure leaves. Refused moves change nothing.
 */
export class Oracle {
  #layers: { quantity: bigint; unitCost: bigint }[] = []
  #latestCost = 0n

  get onHand(): bigint {
    return this.#layers.reduce((sum, layer) => sum + layer.quantity, 0n)
  }

  /** In cents. */
  get value(): bigint {
    return this.#layers.reduce((sum, layer) => sum + cents(layer.quantity * layer.unitCost), 0n)
  }

  get open(): { quantity: bigint; unitCost: bigint }[] {
    return this.#layers.filter((layer) => layer.quantity > 0n)
  }

  /** The change of value in cents, or undefined when the move must be refused. */
  apply(move: Move): bigint | undefined {
    const before = this.value
    if (move.kind === 'consume' || move.kind === 'lose') {
      if (move.quantity > this.onHand) return undefined
      this.#take(move.quantity)
    } else {
      const unitCost = move.kind === 'receive' ? move.unitCost : this.#averageCost()
      this.#layers.push({ quantity: move.quantity, unitCost })
      this.#latestCost = unitCost
    }
    return this.value - before
  }

  #averageCost(): bigint {
    const [onHand, value] = [this.onHand, this.value]
    return onHand === 0n ? this.#latestCost : roundHalfUp(value * 100_000n, onHand)
  }

  #take(quantity: bigint): void {
    for (let left = quantity; left > 0n; ) {
      const oldest = this.#layers.find((layer) => layer.quantity > 0n)
      if (oldest === undefined) throw new Error('The oracle took more than there is')
      const isEnough = oldest.quantity > left
      const taken = isEnough ? left : oldest.quantity
      oldest.quantity -= taken
      left -= taken
    }
  }
}

function cents(sevenDecimals: bigint): bigint {
  return roundHalfUp(sevenDecimals, 100_000n)
}

function roundHalfUp(dividend: bigint, divisor: bigint): bigint {
  const whole = dividend / divisor
  return (dividend % divisor) * 2n >= divisor ? whole + 1n : whole
}
