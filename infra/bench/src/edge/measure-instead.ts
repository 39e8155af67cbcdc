import { prepareFixture } from '../prepare.ts'
import type { Instead, Settings } from '../settings.ts'
import { startSystem } from '../system.ts'
import { measureAddedLatency } from './added-latency.ts'
import { holdIdleStreams } from './idle-streams.ts'
import { soak } from './soak.ts'

const SOAK_OPERATION = 'launch day, mixed'

/** What a flag asks for in place of the table; answers the report. */
export async function measureInstead(
  settings: Settings,
  instead: Instead,
  say: (line: string) => void,
): Promise<string> {
  const system = await startSystem({ keep: settings.keep, say })
  try {
    say('Loading data')
    const operation = settings.only.length === 1 ? (settings.only[0] ?? SOAK_OPERATION) : SOAK_OPERATION
    const fixture = await prepareFixture(system, { ...settings, only: [operation] })
    say(`Measuring: ${instead.kind}`)
    switch (instead.kind) {
      case 'added-latency':
        return await measureAddedLatency(system, fixture, settings.seconds)
      case 'soak': {
        const { connections } = settings
        return await soak(system, fixture, { minutes: instead.minutes, operation, connections, say })
      }
      case 'streams':
        return await holdIdleStreams(system, fixture, instead.count)
    }
  } finally {
    await system.stop()
  }
}
