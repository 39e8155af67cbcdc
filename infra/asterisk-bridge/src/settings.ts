import { parseArgs } from 'node:util'

export type Settings = {
  readonly command: 'run' | 'import'
  readonly files: readonly string[]
  readonly url: string
  readonly connectionId: string
  readonly secret: string
  readonly spoolFolder: string
  readonly spoolMaxBytes: number
  readonly ami: {
    readonly host: string
    readonly port: number
    readonly username: string
    readonly secret: string
  } | null
  readonly tail: readonly string[]
  readonly fromStart: boolean
  readonly metricsSeconds: number
}

export const usage = `asterisk-bridge: what happens on an Asterisk, posted to a connection of the CRM.

  node infra/asterisk-bridge/src/main.ts [run] --url … --spool …   until it is stopped
  node infra/asterisk-bridge/src/main.ts import --url … FILE…      back-fill, then ends

  --url URL            the connection's webhookUrl                          DEALWIRE_WEBHOOK_URL
                       the connection's secret                              DEALWIRE_SECRET (environment only)
  --spool FOLDER       where events are kept until they are taken           SPOOL_DIR  (./spool)
  --spool-max-mb N     reading stops while it holds more                    SPOOL_MAX_MB  (256)
  --ami HOST[:PORT]    the manager interface                                AMI_ADDRESS
  --ami-user NAME      its user; the secret is in the environment only      AMI_USERNAME, AMI_SECRET
  --tail FILE          a queue log or CEL file to follow; more than once    TAIL_FILES (separated by commas)
  --from-start         a file seen for the first time is read whole
  --metrics-seconds N  how often the line of figures is written             METRICS_SECONDS  (60)
`

const flags = {
  url: { type: 'string' },
  spool: { type: 'string' },
  'spool-max-mb': { type: 'string' },
  ami: { type: 'string' },
  'ami-user': { type: 'string' },
  tail: { type: 'string', multiple: true },
  'from-start': { type: 'boolean' },
  'metrics-seconds': { type: 'string' },
} as const
type StringFlag = 'url' | 'spool' | 'spool-max-mb' | 'ami' | 'ami-user' | 'metrics-seconds'

/** From the command line, else from the environment. Throws with what is missing. */
export function readSettings(args: readonly string[], env: NodeJS.ProcessEnv): Settings {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: flags })
  const given = (flag: StringFlag, variable: string, otherwise?: string) => values[flag] ?? env[variable] ?? otherwise
  const [command = 'run', ...files] = positionals
  const url = required(given('url', 'DEALWIRE_WEBHOOK_URL'), '--url')
  const ami = given('ami', 'AMI_ADDRESS')
  const tail = values.tail ?? env.TAIL_FILES?.split(',') ?? []
  return {
    command: commandOf(command, files.length, tail.length + (ami === undefined ? 0 : 1)),
    files,
    url,
    connectionId: connectionIdOf(url),
    secret: required(env.DEALWIRE_SECRET, 'DEALWIRE_SECRET'),
    spoolFolder: required(given('spool', 'SPOOL_DIR', './spool'), '--spool'),
    spoolMaxBytes: count(given('spool-max-mb', 'SPOOL_MAX_MB', '256'), '--spool-max-mb') * 1024 * 1024,
    ami: ami === undefined ? null : amiOf(ami, given('ami-user', 'AMI_USERNAME'), env.AMI_SECRET),
    tail,
    fromStart: values['from-start'] ?? false,
    metricsSeconds: count(given('metrics-seconds', 'METRICS_SECONDS', '60'), '--metrics-seconds'),
  }
}

function commandOf(name: string, files: number, sources: number): Settings['command'] {
  if (name !== 'run' && name !== 'import') throw new Error(`There is no command '${name}'`)
  if (name === 'run' && sources === 0) throw new Error('Give --ami, --tail or both')
  if (name === 'import' && files === 0) throw new Error('Give the files to import')
  return name
}

function required(value: string | undefined, name: string): string {
  if (value === undefined || value === '') throw new Error(`${name} is missing`)
  return value
}

function count(text: string | undefined, name: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1) throw new Error(`${name} must be a whole number above 0, not '${text}'`)
  return value
}

/** `…/v1/telephony/webhooks/asterisk/<id>`: the id is the user name of the credentials. */
function connectionIdOf(url: string): string {
  const id = URL.canParse(url) ? /\/webhooks\/\w+\/([0-9a-f-]{36})\/?$/.exec(new URL(url).pathname)?.[1] : undefined
  if (id === undefined) throw new Error(`--url must be the webhookUrl of a connection, not '${url}'`)
  return id
}

function amiOf(address: string, username: string | undefined, secret: string | undefined): Settings['ami'] {
  const [, host = '', port = '5038'] = /^(.+?)(?::(\d+))?$/.exec(address) ?? []
  return {
    host,
    port: Number(port),
    username: required(username, '--ami-user'),
    secret: required(secret, 'AMI_SECRET'),
  }
}
