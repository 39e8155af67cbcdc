import { recordingAvailable } from '@dealwire/contracts'
import { newId, onBatch } from '@dealwire/messaging'
import { insertRecordings, type NewRecording } from './recordings.repository.ts'

/** Recordings with an address, to be fetched. One that is only a path on the PBX stays there. */
export const noteRecordings = onBatch([recordingAvailable], async (tx, events) => {
  const byKey = new Map<string, NewRecording>()
  for (const { companyid, data } of events) {
    const { call, recording } = data
    if (recording.url === null) continue
    byKey.set(`${call.connectionId} ${recording.eventId}`, {
      company_id: companyid,
      id: newId(),
      call_id: call.id,
      connection_id: call.connectionId,
      event_key: recording.eventId,
      url: recording.url,
    })
  }
  if (byKey.size > 0) await insertRecordings(tx, [...byKey.values()])
})
