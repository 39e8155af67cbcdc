export const FS_START = Date.parse('2026-03-02T09:00:00.250Z')

type Seconds = number
type Times = {
  start?: Seconds
  progress?: Seconds
  answer?: Seconds
  bridge?: Seconds
  end?: Seconds
  last_hold?: Seconds
}

/** A detail record as mod_json_cdr writes it: microseconds, "0" for never, every value percent-encoded. */
export function cdr(options: {
  uuid: string
  times: Times
  caller?: string
  dialled?: string
  direction?: 'inbound' | 'outbound'
  variables?: Record<string, string>
  isPlain?: boolean
}): string {
  const {
    uuid,
    times,
    caller = '+995599000001',
    dialled = '+995322000002',
    direction = 'inbound',
    isPlain = false,
  } = options
  const encode = (value: string) => (isPlain ? value : encodeURIComponent(value))
  const names = ['start', 'progress', 'answer', 'bridge', 'end', 'last_hold'] as const
  const epochs = names.flatMap((name) => {
    const seconds = times[name]
    const ms = seconds === undefined ? 0 : FS_START + seconds * 1_000
    return [
      [`${name}_uepoch`, String(ms * 1_000)],
      [`${name}_epoch`, String(Math.floor(ms / 1_000))],
    ]
  })
  return JSON.stringify({
    'core-uuid': 'core',
    channel_data: { state: 'CS_REPORTING', direction },
    variables: {
      direction,
      uuid,
      call_uuid: uuid,
      sip_from_user: encode(caller),
      ...Object.fromEntries(epochs),
      ...Object.fromEntries(Object.entries(options.variables ?? {}).map(([name, value]) => [name, encode(value)])),
    },
    callflow: [
      {
        profile_index: '1',
        caller_profile: { uuid, caller_id_number: caller, destination_number: dialled },
        times: {},
      },
    ],
  })
}

/** What mod_callcenter and the exchange count in: whole seconds. */
export function wholeSecond(seconds: Seconds): string {
  return String(Math.floor((FS_START + seconds * 1_000) / 1_000))
}
