import { getRecordingRoute } from '@dealwire/contracts'
import { AppError, notFound } from '@dealwire/errors'
import { type Answer, route } from '@dealwire/http'
import type { FastifyInstance } from 'fastify'
import type { Dependencies } from '../dependencies.ts'
import { keyOf } from './fetch-recordings.ts'
import { readRange } from './read-range.ts'
import type { RecordingStore } from './recording-store.ts'
import { type FoundRecording, findRecording } from './recordings.repository.ts'

export function recordingRoutes(app: FastifyInstance, { database, recordings }: Dependencies): void {
  route(app, getRecordingRoute, async ({ actor, params: { id }, query: { eventId }, request }) => {
    const found = await findRecording(database, actor.companyId, id, eventId)
    if (found === undefined) throw notFound('call', id)
    if (found.mergedIntoId !== null) return movedTo(found.mergedIntoId)
    if (found.id === null) throw notFound('recording of call', id)
    if (recordings === undefined || found.status !== 'STORED') throw notHere(found, recordings !== undefined)
    return sound(recordings, keyOf({ companyId: actor.companyId, id: found.id }), found, request.headers.range)
  })
}

async function sound(store: RecordingStore, key: string, found: FoundRecording, wanted?: string): Promise<Answer> {
  const size = await store.sizeOf(key)
  if (size === undefined) throw notHere(found, true)
  const range = readRange(wanted, size)
  if (range === 'unsatisfiable') return { status: 416, headers: { 'content-range': `bytes */${size}` } }
  const body = store.read(key, range)
  if (range === null) return { status: 200, headers: headersOf(found, size), body }
  const part = { 'content-range': `bytes ${range.start}-${range.end}/${size}` }
  return { status: 206, headers: { ...headersOf(found, range.end - range.start + 1), ...part }, body }
}

function movedTo(callId: string): Answer {
  return { status: 308, headers: { location: `/v1/telephony/calls/${callId}/recording` } }
}

/** Shown by the browser as nothing but sound: what was fetched is a stranger's file. */
function headersOf({ id, contentType }: FoundRecording, length: number): Record<string, string> {
  return {
    'content-type': contentType ?? 'application/octet-stream',
    'content-length': String(length),
    'content-disposition': `inline; filename="recording-${id}"`,
    'accept-ranges': 'bytes',
    'cache-control': 'private, max-age=3600, no-transform',
    'x-content-type-options': 'nosniff',
  }
}

function notHere({ status }: FoundRecording, isKept: boolean): AppError {
  const why = {
    PENDING: isKept ? 'It is being fetched; ask again in a minute.' : 'This installation leaves recordings at the PBX.',
    FAILED: 'The PBX did not provide it, or its address is not allowed.',
  }
  const reason = why[status as keyof typeof why] ?? 'It is no longer kept.'
  return new AppError('conflict', 'recording_unavailable', `The recording is not available. ${reason}`)
}
