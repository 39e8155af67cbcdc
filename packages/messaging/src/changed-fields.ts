type Fields = Readonly<Record<string, unknown>>
export type Change = { readonly before: Record<string, unknown>; readonly after: Record<string, unknown> }

/** The fields among `names` whose values differ. */
export function changedFields(before: Fields, after: Fields, names: readonly string[]): Change {
  const changed = names.filter((name) => !isSame(before[name], after[name]))
  return { before: pick(before, changed), after: pick(after, changed) }
}

export function isEmpty(change: Change): boolean {
  return Object.keys(change.after).length === 0
}

/** `changes` over `current`; what is undefined was not given. */
export function merged<T extends Fields>(current: T, changes: Fields): T {
  const given = Object.entries(changes).filter(([, value]) => value !== undefined)
  return { ...current, ...Object.fromEntries(given) }
}

function isSame(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a ?? null) === JSON.stringify(b ?? null)
}

function pick(fields: Fields, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, fields[name] ?? null]))
}
