import { type LocalServer, type ServerName, SetupError } from './local-server.ts'
import { probes } from './probes.ts'

const variables = { postgres: 'DATABASE_URL', redis: 'REDIS_URL', nats: 'NATS_URL' } as const

/** The server that the environment names, if it names one. It is used and never stopped: it is not ours. */
export function externalServer(name: ServerName): LocalServer | undefined {
  const variable = variables[name]
  const url = process.env[variable]
  if (!url) return undefined
  const refuse = async () => {
    throw new SetupError(
      `${name} comes from ${variable}, so this run cannot stop it. Fault tests start servers of their own`,
    )
  }
  const start = async () => {
    const answers = await probes[name](url).catch(() => false)
    if (!answers) throw new SetupError(`No ${name} answers at ${hidePassword(url)} (${variable})`)
  }
  return { name, url, pid: undefined, start, stop: refuse, kill: refuse }
}

function hidePassword(url: string): string {
  return url.replace(/:[^:@/]*@/, ':…@')
}
