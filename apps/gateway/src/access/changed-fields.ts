type Fields = Readonly<Record<string, unknown>>
export type Change = { readonly before: Record<string, unknown>; readonly after: Record<string, unknown> }

/** The fields among `names` whose values differ; undefined when none does. */
export function changedFields(before: Fields, after: Fields, names: readonly string[]): Change | undefined {
  const changed = names.filter((name) => JSON.stringify(before[name] ?? null) !== JSON.stringify(after[name] ?? null))
  if (changed.length === 0) return undefined
  const pick = (fields: Fields) => Object.fromEntries(changed.map((name) => [name, fields[name] ?? null]))
  return { before: pick(before), after: pick(after) }
}

/** `changes` over `current`; what is undefined was not given. */
export function merged<T extends Fields>(current: T, changes: Fields): T {
  const given = Object.entries(changes).filter(([, value]) => value !== undefined)
  return { ...current, ...Object.fromEntries(given) }
}
