import { callEvent, hashKey, secondsOf } from './normalise/call-event.ts'
import { assumed, gregorianInstant, timeOr } from './normalise/instants.ts'
import { directionBetween } from './normalise/parties.ts'
import { fieldsOfObject, isObject, notUnderstood, readForm, readJson, understood } from './normalise/read-body.ts'
import {
  type NormalisedEvent,
  type ParsedWebhook,
  type Provider,
  type ProviderSettings,
  textOf,
  type WebhookRequest,
} from './provider.ts'
import { verifySharedSecret } from './shared-secret.ts'

/** Kazoo's channel webhooks, which nothing signs. Times are seconds since the year 0. */
export const kazoo: Provider = {
  name: 'kazoo',
  methods: ['POST', 'GET'],
  verify: verifySharedSecret,
  parse: parseHooks,
}

const types: Readonly<Record<string, NormalisedEvent['type']>> = {
  channel_create: 'call.started',
  channel_answer: 'call.answered',
  channel_bridge: 'call.bridged',
  channel_destroy: 'call.ended',
}

function parseHooks(request: WebhookRequest, settings: ProviderSettings): ParsedWebhook {
  const text = textOf(request.rawBody).trim()
  const json = /^[[{]/.test(text) ? readJson(text) : readForm(text === '' ? request.rawQuery : text)
  const hooks = (Array.isArray(json) ? json : [json]).filter(isObject)
  if (hooks.length === 0) return notUnderstood(request, 'malformed_json', 'The body holds no channel event')
  const events = hooks.map((hook) => channelEvent(hook, settings, request.receivedAtMs))
  const known = events.filter((event) => event !== null)
  return known.length === 0
    ? notUnderstood(request, 'unknown_event', 'The body holds no channel event that is known')
    : understood(known)
}

/** A channel towards the switch is a caller's; one away from it is a phone that the call rings. */
function channelEvent(
  hook: Record<string, unknown>,
  settings: ProviderSettings,
  receivedAtMs: number,
): NormalisedEvent | null {
  const field = fieldsOfObject(hook)
  const legId = field('call_id')
  const type = types[field('hook_event') ?? '']
  if (legId === null || type === undefined) return null
  const otherId = field('other_leg_call_id')
  const time = timeOr(gregorianInstant(field('timestamp')), receivedAtMs)
  const base = {
    eventKey: hashKey([legId, field('hook_event'), field('timestamp')]),
    legId,
    occurredAt: time.at,
    from: userPart(field('from')),
    to: userPart(field('to') ?? field('request')),
    agent: field('owner_id'),
    hangupCause: field('hangup_cause'),
  }
  const ending = type === 'call.ended' ? { ringSeconds: secondsOf(field('ringing_seconds')) } : {}
  const data = { ...ending, ...assumed(time) }
  return field('call_direction') === 'outbound' && otherId !== null
    ? rungPhone(callEvent({ ...base, callKey: otherId, type, relatedCallKeys: [legId], data }))
    : callerOf(callEvent({ ...base, callKey: legId, type, relatedCallKeys: otherId === null ? [] : [otherId], data }), {
        settings,
        isDevice: field('authorizing_type') === 'device',
      })
}

function rungPhone(event: NormalisedEvent): NormalisedEvent {
  const type = event.type === 'call.started' ? 'call.ringing' : event.type
  return { ...event, type, data: { ...event.data, role: 'destination' } }
}

/** A device of the account calls out, or a colleague; whatever picks its call up first is the switch. */
function callerOf(
  event: NormalisedEvent,
  { settings, isDevice }: { readonly settings: ProviderSettings; readonly isDevice: boolean },
): NormalisedEvent {
  const byNumbers = directionBetween(event.from, event.to, settings.maxExtensionDigits)
  const direction = isDevice && byNumbers === 'INBOUND' ? 'OUTBOUND' : byNumbers
  const pickUp = event.type === 'call.answered' ? { by: 'exchange' } : {}
  const last = event.type === 'call.ended' ? { final: true } : {}
  return { ...event, direction, data: { ...event.data, ...pickUp, ...last } }
}

function userPart(address: string | null): string | null {
  return address?.split('@', 1)[0] || null
}
