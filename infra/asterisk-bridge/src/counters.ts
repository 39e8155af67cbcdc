/** What the metrics line says. Only ever counted up, but for the last three. */
export type Counters = {
  read: number
  filtered: number
  sent: number
  accepted: number
  duplicates: number
  rejected: number
  deadLetters: number
  retries: number
  reconnects: number
  isConnected: boolean
  spoolBytes: number
  lastSentAt: string | null
}

export function newCounters(): Counters {
  return {
    read: 0,
    filtered: 0,
    sent: 0,
    accepted: 0,
    duplicates: 0,
    rejected: 0,
    deadLetters: 0,
    retries: 0,
    reconnects: 0,
    isConnected: false,
    spoolBytes: 0,
    lastSentAt: null,
  }
}
