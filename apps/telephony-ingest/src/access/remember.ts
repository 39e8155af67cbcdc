/** A small memory of what rarely changes, in this process only. */
export type Memory<Value> = {
  get(key: string): Promise<Value>
  forget(key: string): void
}

/**
 * Remembers what `load` answers for a short time, and loads once however many ask at once. Other processes notice a change
 * when the time is over; the process that makes it calls `forget`. When it is full, what was not asked for longest is forgotten.
 */
export function remember<Value>(options: {
  readonly ttlMs: number
  readonly maxEntries: number
  readonly load: (key: string) => Promise<Value>
}): Memory<Value> {
  const entries = new Map<string, { readonly value: Promise<Value>; readonly expiresAt: number }>()

  function forgetEldest(): void {
    const [eldest] = entries.keys()
    if (eldest !== undefined) entries.delete(eldest)
  }

  return {
    get(key) {
      const known = entries.get(key)
      if (known !== undefined && known.expiresAt > performance.now()) {
        // To the end of the line: what is asked for again and again is never the eldest.
        entries.delete(key)
        entries.set(key, known)
        return known.value
      }
      entries.delete(key)
      if (entries.size >= options.maxEntries) forgetEldest()
      const value = options.load(key)
      const entry = { value, expiresAt: performance.now() + options.ttlMs }
      entries.set(key, entry)
      // A failure is the caller's to see, and nobody else's to inherit.
      value.catch(() => {
        if (entries.get(key) === entry) entries.delete(key)
      })
      return value
    },
    forget(key) {
      entries.delete(key)
    },
  }
}
