/** Whether an event of this name (its type without `crm.`) was asked for. */
export type EventFilter = (name: string) => boolean

const everything: EventFilter = () => true

/** From patterns such as `deals.deal.*`: part by part, `*` stands for any one part. */
export function eventFilter(globs: readonly string[] | undefined): EventFilter {
  if (globs === undefined) return everything
  const patterns = globs.map((glob) => glob.split('.'))
  return (name) => {
    const parts = name.split('.')
    return patterns.some((pattern) => matches(pattern, parts))
  }
}

function matches(pattern: readonly string[], parts: readonly string[]): boolean {
  return pattern.length === parts.length && pattern.every((part, index) => part === '*' || part === parts[index])
}
