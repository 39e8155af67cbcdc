import { describe, expect, test } from 'vitest'
import { fixtureFiles, hasFixtures, needsFixtures, readFixture } from '../../test/fixtures.ts'
import { webhook } from '../../test/webhook.ts'
import { foldCall } from '../calls/fold-call.ts'
import { defaultSettings, type ParsedWebhook, type Provider } from './provider.ts'
import { providers } from './providers.ts'

/** Folders whose files are tested elsewhere, as sets of cases with expected results. */
const caseFolders: Readonly<Record<string, string>> = {
  wazo: 'asterisk/wazo-conformance.test.ts',
  'wazo-statcenter': 'asterisk/queue-log-conformance.test.ts',
  'wazo-queue_log': 'asterisk/queue-log-conformance.test.ts',
  'wazo-stats': 'rows of finished statistics, and how Wazo’s API adds them up: no call, and nothing that arrives',
  'signature-vectors': 'signature-vectors.test.ts',
}

const providerOf: Readonly<Record<string, Provider>> = { ...providers, '3cx': providers.threecx }

/** Understood, and of no meaning for a call. */
const saysNothing: Readonly<Record<string, string>> = {
  'asterisk/ami-queue_add.yaml': 'the answer to a command',
  'vonage/event-input.json': 'keys that were pressed',
  'ringcentral/event-call-queue-member-presence.json': 'who takes calls',
  'ringcentral/event-detailed-extension-presence-with-sip.json': 'presence repeats what the sessions tell',
  'ringcentral/event-voicemail-message.json': 'a message in a mailbox: the session tells of the call',
}

/** Authentic, and kept as a dead letter: no event of a call, and nothing that its PBX posts to a webhook. */
const isKept: Readonly<Record<string, string>> = {
  'ringcentral/event-ace-pbx-event.json': 'an analysis of a conversation, shortened in print: no JSON',
  'ringcentral/call-log-sample.json': 'an answer of their call log, which is asked for',
  'ringcentral/subscription-blacklisted.json': 'an answer about a subscription',
  'kazoo/cdr.json': 'a document of their database, without a time of the call',
  'kazoo/parking.json': 'no channel event: a slot, and no time',
}

function bodiesOf(path: string): string[] {
  const text = readFixture(path)
  if (path.endsWith('.jsonl')) return text.trim().split('\n')
  if (path.endsWith('.csv') || path.endsWith('line.txt')) return [JSON.stringify(text.trim().split('\n'))]
  if (path.endsWith('.yaml')) return [JSON.stringify(managerBlocks(text))]
  if (path.startsWith('signalwire/')) return JSON.parse(text).map((body: unknown) => JSON.stringify(body))
  if (path === 'vonage/issue-busy-arrives-first.json') return tracedBodies(JSON.parse(text))
  return [text]
}

/** Blocks of `Key: Value`, as they come over the wire. */
function managerBlocks(text: string): Record<string, string>[] {
  const blocks = text.split(/\r?\n\r?\n/).filter((block) => block.trim() !== '')
  return blocks.map((block) =>
    Object.fromEntries(
      block.split(/\r?\n/).map((line): [string, string] => {
        const [name = '', ...value] = line.trim().split(': ')
        return [name, value.join(': ')]
      }),
    ),
  )
}

function tracedBodies(trace: { arrival_order: object[]; conversation_uuid: string }): string[] {
  const { arrival_order: arrived, conversation_uuid } = trace
  return arrived.map((one) => JSON.stringify({ direction: 'outbound', uuid: 'leg', conversation_uuid, ...one }))
}

function read(provider: Provider, path: string): ParsedWebhook {
  const parsed = bodiesOf(path).map((body) => provider.parse(webhook(body), defaultSettings))
  return { events: parsed.flatMap(({ events }) => events), unparsed: parsed.flatMap(({ unparsed }) => unparsed) }
}

/** Files that were not at hand when this was written may be of either kind; nothing of them may be lost, or throw. */
const known = new Set(
  `3cx/report_call_inbound.json 3cx/report_call_missed_unfilled_vars.json 3cx/report_call_notanswered_outbound.json
  asterisk/ari-channelStateChange.json asterisk/ari-stasisStart.json asterisk/cdr-good.csv asterisk/cel-CELMaster2.csv
  asterisk/queue_log-docs-line.txt dial9/call_processed.json dial9/call_processed_unrecognised.json
  freeswitch/esl-channel_hangup_complete.txt freeswitch/somleng-json_cdr-INVALID.json.txt freeswitch/somleng-json_cdr.json
  hipcall/call_init.json jambonz/call_status_completed.json kazoo/channel_bridge.json kazoo/channel_destroy.json
  plivo/hangup.form ringcentral/cust-to-oper-event.json ringcentral/event-account-telephony-sessions.json
  ringcentral/event-extension-telephony-sessions.json ringcentral/metrics-worked-example.jsonl
  ringcentral/telephony-session-event.json signalwire/status-sequence-arrives-out-of-order.json
  telnyx/call.hangup-docs.json telnyx/call.initiated.json telnyx/texml-ringing-docs.json
  twilio/compat-telin-ringing-etc-utc.form twilio/dial-action-forwarded-child.json twilio/status-busy-sip487.json
  twilio/status-completed-unicode-city.form twilio/status-initiated-no-duration.json vonage/event-answered.json
  vonage/event-cancelled.json vonage/event-completed.json vonage/event-disconnected.json vonage/event-failed.json
  vonage/event-record.json vonage/event-started.json vonage/event-unanswered.json vonage/issue-busy-arrives-first.json
  vonage/sequence-app-to-app.jsonl vonage/sequence-app-to-phone-swift.jsonl vonage/sequence-app-to-phone.jsonl
  zadarma/notify_answer.form zadarma/notify_end_answered.form zadarma/notify_start.form`.split(/\s+/),
)

describe.skipIf(!hasFixtures)(needsFixtures('every captured file'), () => {
  const folders = fixtureFiles('').filter((name) => !name.includes('.') && !Object.hasOwn(caseFolders, name))
  const files = folders.flatMap((folder) => fixtureFiles(folder).map((file) => [`${folder}/${file}`, folder] as const))

  test('belongs to a provider, or to a test of its own', () => {
    expect(folders.filter((folder) => providerOf[folder] === undefined)).toStrictEqual([])
    expect(files.length).toBeGreaterThan(0)
  })

  test.each(files)('%s', (path, folder) => {
    const provider = providerOf[folder]
    if (provider === undefined) throw new Error(`No provider for ${folder}`)
    const { events, unparsed } = read(provider, path)
    if (events.length > 0) expect(() => foldCall(events)).not.toThrow()
    if (known.has(path)) expect([unparsed, events.length > 0]).toStrictEqual([[], true])
    else if (Object.hasOwn(saysNothing, path)) expect([unparsed, events]).toStrictEqual([[], []])
    else if (Object.hasOwn(isKept, path)) expect([unparsed.length, events]).toStrictEqual([1, []])
  })
})
