import { json } from 'node:stream/consumers'
import autocannon from 'autocannon'
import { operationNamed } from '../operations.ts'
import type { LoadOrder, LoadResult } from './load.ts'

const MAX_SAMPLES = 2_000_000

/** The load process: an order on standard input, a result on standard output. */
async function generate(order: LoadOrder): Promise<LoadResult> {
  const operation = operationNamed(order.operation)
  const makeCall = order.target === 'system' ? operation.system : operation.limit
  if (makeCall === undefined) throw new Error(`'${operation.name}' has no bare limit`)

  const samples = new Float64Array(MAX_SAMPLES)
  let count = 0
  let refused = 0
  let firstError: string | null = null
  let index = order.runId * 10_000_000

  const result = await run(
    {
      url: order.url,
      connections: order.connections,
      duration: order.durationSeconds,
      timeout: 10,
      requests: [
        {
          setupRequest: (request) => ({ ...request, ...makeCall(order.fixture, index++) }),
          onResponse: (status, body) => {
            if (status < 400) return
            refused++
            firstError ??= `${status} ${body.slice(0, 300)}`
          },
        },
      ],
    },
    (responseTimeMs) => {
      if (count < MAX_SAMPLES) samples[count++] = responseTimeMs
    },
  )
  const sorted = samples.subarray(0, count).sort()
  const percentile = (share: number) => sorted[Math.min(count - 1, Math.floor(count * share))] ?? 0
  return {
    requests: result.requests.total,
    perSecond: result.requests.total / result.duration,
    p50: percentile(0.5),
    p95: percentile(0.95),
    p99: percentile(0.99),
    errors: refused + result.errors,
    firstError:
      firstError ??
      (result.errors > 0 ? `${result.errors} connection errors, ${result.timeouts} of them timeouts` : null),
  }
}

function run(options: autocannon.Options, onResponse: (responseTimeMs: number) => void): Promise<autocannon.Result> {
  return new Promise((resolve, reject) => {
    const instance = autocannon(options, (error: unknown, result: autocannon.Result) =>
      error ? reject(error) : resolve(result),
    )
    instance.on('response', (_client, _status, _bytes, responseTimeMs) => onResponse(responseTimeMs))
  })
}

const order = (await json(process.stdin)) as LoadOrder
process.stdout.write(JSON.stringify(await generate(order)))
