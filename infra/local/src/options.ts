import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { localFolder } from './folders.ts'
import { SetupError } from './local-server.ts'

export type Options = {
  fresh: boolean
  watch: boolean
  logs: boolean
  seed: boolean
  gatewayPort: number
  /** Data, logs and pid files go below it. */
  folder: string
}

export const usage = `npm start -- [options]        starts Dealwire on this machine

  --fresh      deletes all local data first
  --watch      runs the services from source and restarts them when files change; shows their logs
  --logs       shows the logs of the services
  --no-seed    starts without the demo company
  --folder F   keeps data and logs in F instead of .local
  --help       shows this

  GATEWAY_PORT moves the gateway (8080); the other services follow on the next four ports.
  DATABASE_URL, REDIS_URL and NATS_URL name servers to use instead of private ones.`

/** Undefined when help is asked for. */
export function readOptions(args: string[], env: NodeJS.ProcessEnv): Options | undefined {
  const values = parse(args)
  if (values.help) return undefined
  return {
    fresh: values.fresh,
    watch: values.watch,
    logs: values.logs || values.watch,
    seed: !values['no-seed'],
    gatewayPort: readPort(env['GATEWAY_PORT'] || '8080'),
    folder: values.folder === undefined ? localFolder : resolve(values.folder),
  }
}

function parse(args: string[]) {
  const flag = { type: 'boolean', default: false } as const
  try {
    // npm keeps the first `--`, pnpm passes it on.
    const given = args.filter((arg) => arg !== '--')
    return parseArgs({
      args: given,
      options: {
        fresh: flag,
        watch: flag,
        logs: flag,
        'no-seed': flag,
        folder: { type: 'string' },
        help: { ...flag, short: 'h' },
      },
    }).values
  } catch (cause) {
    throw new SetupError(`${(cause as Error).message}\n\n${usage}`, { cause })
  }
}

function readPort(text: string): number {
  const port = Number(text)
  // Five services take consecutive ports.
  if (Number.isInteger(port) && port > 0 && port <= 65_531) return port
  throw new SetupError(
    `GATEWAY_PORT is '${text}': it must be a whole number from 1 to 65531, for example GATEWAY_PORT=9000 npm start`,
  )
}
