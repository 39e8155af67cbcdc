import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { cpuSince, cpuTimes } from '../cpu.ts'
import type { Fixture } from '../fixture.ts'
import { at, callApi } from '../http.ts'
import type { System } from '../system.ts'
import type { HoldOrder } from './hold-streams.ts'
import { processFigures } from './process-figures.ts'

const IDLE_SECONDS = 30
const WANTED_MB = 600

/** So many streams that are open and idle on one gateway: memory, what keeping them costs, and how long one event takes to reach all. */
export async function holdIdleStreams(system: System, fixture: Fixture, count: number): Promise<string> {
  const [company] = fixture.companies
  if (company === undefined) throw new Error('The fixture has no companies')
  const before = await processFigures(system.gatewayUrl)
  const holder = startHolder({ url: system.gatewayUrl, tokens: [company.accessToken], count })
  try {
    await holder.next()
    await sleep(2_000)
    const pids = { gateway: system.pids['gateway'] ?? 0 }
    const cpuBefore = cpuTimes(pids)
    await sleep(IDLE_SECONDS * 1000)
    const cpu = cpuSince(cpuBefore, cpuTimes(pids))
    const after = await processFigures(system.gatewayUrl)

    const title = `to all streams ${Date.now()}`
    await holder.ask(title)
    const token = company.accessToken
    await callApi(system.gatewayUrl, 'POST', '/v1/deals', { token, body: { title } })
    const heard = await holder.next()
    return [
      `${count} idle streams on one gateway: ${at(heard, 'open')} open at the end.`,
      `RSS ${before.rssMb.toFixed(0)} → ${after.rssMb.toFixed(0)} MB, ${(((after.rssMb - before.rssMb) * 1024) / count).toFixed(1)} KB a stream; ` +
        `wanted < ${WANTED_MB} MB: ${after.rssMb < WANTED_MB ? 'yes' : 'NO'}.`,
      `CPU of the gateway while they are idle: ${((cpu['gateway'] ?? 0) / (IDLE_SECONDS * 10)).toFixed(1)} % of a processor.`,
      `One event reached ${at(heard, 'received')} of them ${Number(at(heard, 'ms')).toFixed(0)} ms after it was asked for.`,
    ].join('\n')
  } finally {
    holder.stop()
  }
}

function startHolder(order: HoldOrder) {
  const child = spawn(process.execPath, [fileURLToPath(new URL('hold-streams.ts', import.meta.url))], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  child.stdin.write(`${JSON.stringify(order)}\n`)
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  async function next(): Promise<unknown> {
    const line = await lines.next()
    if (line.done === true) throw new Error('The process that holds the streams has ended')
    return JSON.parse(line.value)
  }
  return {
    next,
    ask: async (name: string) => {
      child.stdin.write(`${name}\n`)
      await next()
    },
    stop: () => void child.kill(),
  }
}
