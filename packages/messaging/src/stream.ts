import {
  DiscardPolicy,
  type JetStreamManager,
  NatsError,
  nanos,
  RetentionPolicy,
  StorageType,
  type StreamConfig,
} from 'nats'

export const STREAM = 'CRM'

const DAY_MS = 86_400_000
const DEFAULT_MAX_BYTES = 2 * 1024 ** 3

/** The stream of `events.md`. Replicas and placement are the operator's: an update keeps what it finds. */
function declaration(maxBytes: number) {
  return {
    name: STREAM,
    description: 'Events of all services; the truth is in their event logs',
    subjects: ['crm.>'],
    storage: StorageType.File,
    retention: RetentionPolicy.Limits,
    discard: DiscardPolicy.New,
    max_age: nanos(7 * DAY_MS),
    max_bytes: maxBytes,
    duplicate_window: nanos(120_000),
  } satisfies Partial<StreamConfig>
}

/** Creates the stream or brings it to the declared state. Safe from many processes at once. */
export async function ensureStream(manager: JetStreamManager, maxBytes = DEFAULT_MAX_BYTES): Promise<void> {
  const declared = declaration(maxBytes)
  const found = await findStream(manager)
  if (found === undefined) {
    await manager.streams.add(declared)
    return
  }
  // The size is set at creation only: an operator who has given the stream more room keeps it.
  const wanted = { ...declared, max_bytes: found.max_bytes }
  if (differs(wanted, found)) await manager.streams.update(STREAM, { ...found, ...wanted })
}

async function findStream(manager: JetStreamManager): Promise<StreamConfig | undefined> {
  try {
    const info = await manager.streams.info(STREAM)
    return info.config
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

/** The stream or the consumer does not exist (any more). */
export function isMissing(error: unknown): boolean {
  return error instanceof NatsError && error.api_error?.code === 404
}

/** Whether the server holds another value for anything that is declared; what is not declared is left as it is. */
export function differs(declared: object, found: object): boolean {
  const held = new Map(Object.entries(found))
  return Object.entries(declared).some(([key, value]) => JSON.stringify(held.get(key)) !== JSON.stringify(value))
}
