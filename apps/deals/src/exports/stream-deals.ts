import { Readable } from 'node:stream'
import type { Database } from '@dealwire/db/client'
import { AppError } from '@dealwire/errors'
import { type FileSelection, readDealFile } from './read-deal-file.ts'

const BYTE_ORDER_MARK = '\uFEFF'

export type DealStreams = {
  /** The CSV file of the deals that match. Refuses when this process sends as many as it can; the refusal comes before the first byte. */
  open(companyId: string, selection: FileSelection, withMark: boolean): Readable
}

/** Each takes a connection for a batch at a time; more of them at once would only be slower. */
const MOST_AT_ONCE = 8

export function createDealStreams(bulk: Database): DealStreams {
  let open = 0

  async function* linesOf(companyId: string, selection: FileSelection, withMark: boolean): AsyncGenerator<string> {
    open++
    try {
      if (withMark) yield BYTE_ORDER_MARK
      for await (const { text } of readDealFile(bulk, { companyId, format: 'csv', selection })) {
        yield text
      }
    } finally {
      open--
    }
  }

  return {
    open(companyId, selection, withMark) {
      if (open >= MOST_AT_ONCE) throw busy()
      return Readable.from(linesOf(companyId, selection, withMark), { objectMode: false, highWaterMark: 1 })
    },
  }
}

function busy(): AppError {
  return new AppError(
    'unavailable',
    'export_busy',
    'Too many exports are being downloaded; try again in a few seconds.',
    {
      retryAfterSeconds: 5,
    },
  )
}
