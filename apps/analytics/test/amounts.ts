/** Instants as milliseconds and money as cents, as events write them. */
export const iso = (at: number) => new Date(at).toISOString()

export const money = (cents: number) =>
  `${cents < 0 ? '-' : ''}${Math.floor(Math.abs(cents) / 100)}.${String(Math.abs(cents) % 100).padStart(2, '0')}`
