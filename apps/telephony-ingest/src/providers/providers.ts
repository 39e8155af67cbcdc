import { aircall } from './aircall.ts'
import { asterisk } from './asterisk/asterisk.ts'
import { dial9 } from './dial9.ts'
import { freeswitch } from './freeswitch/freeswitch.ts'
import { generic } from './generic.ts'
import { hipcall } from './hipcall.ts'
import { jambonz } from './jambonz.ts'
import { kazoo } from './kazoo.ts'
import { plivo } from './plivo.ts'
import type { Provider } from './provider.ts'
import { ringcentral } from './ringcentral.ts'
import { telnyx } from './telnyx.ts'
import { threecx } from './threecx.ts'
import { twilio } from './twilio.ts'
import { vonage } from './vonage.ts'
import { zadarma } from './zadarma.ts'

/** Every provider there is. A new one is one entry here and a file of its own. SignalWire speaks Twilio's language. */
export const providers = {
  generic,
  asterisk,
  freeswitch,
  aircall,
  dial9,
  hipcall,
  jambonz,
  kazoo,
  plivo,
  ringcentral,
  telnyx,
  threecx,
  twilio,
  vonage,
  zadarma,
  signalwire: { ...twilio, name: 'signalwire' },
} as const satisfies Record<string, Provider>

export type ProviderName = keyof typeof providers

export function findProvider(name: string): Provider | undefined {
  return Object.hasOwn(providers, name) ? providers[name as ProviderName] : undefined
}
