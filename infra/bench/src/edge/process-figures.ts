/** What a service says of its own process. */
export type ProcessFigures = { readonly rssMb: number; readonly heapMb: number; readonly handles: number }

const MEGABYTE = 1024 * 1024

/** From `/metrics`, which answers this machine. */
export async function processFigures(baseUrl: string): Promise<ProcessFigures> {
  const response = await fetch(`${baseUrl}/metrics`, { signal: AbortSignal.timeout(5_000) })
  const text = await response.text()
  const sum = (name: string) =>
    [...text.matchAll(new RegExp(`^${name}(?:\\{[^}]*\\})? ([0-9.e+]+)$`, 'gm'))].reduce(
      (total, [, value]) => total + Number(value),
      0,
    )
  return {
    rssMb: sum('process_resident_memory_bytes') / MEGABYTE,
    heapMb: sum('nodejs_heap_size_used_bytes') / MEGABYTE,
    handles: sum('nodejs_active_handles_total'),
  }
}
