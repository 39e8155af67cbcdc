import { aircall } from './aircall.ts'
import { asterisk } from './asterisk.ts'
import { dial9 } from './dial9.ts'
import { freeswitch } from './freeswitch.ts'
import { generic } from './generic.ts'
import { hipcall } from './hipcall.ts'
import { jambonz } from './jambonz.ts'
import { kazoo } from './kazoo.ts'
import { plivo } from './plivo.ts'
import { ringcentral } from './ringcentral.ts'
import { telnyx } from './telnyx.ts'
import { threecx } from './threecx.ts'
import { signalwire, twilio } from './twilio.ts'
import type { Voice } from './voice.ts'
import { vonage } from './vonage.ts'
import { zadarma } from './zadarma.ts'

/** One for every provider that a connection can be made for. */
export const voices: readonly Voice[] = [
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
  signalwire,
  telnyx,
  threecx,
  twilio,
  vonage,
  zadarma,
]
