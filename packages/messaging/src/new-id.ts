import { v7 } from 'uuid'

/** A UUIDv7: unique without asking anybody, and in time order, so that inserts land at the end of an index. */
export function newId(): string {
  return v7()
}
