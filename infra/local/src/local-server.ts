/** A Postgres, Redis or NATS server, wherever it runs. Stopped and started again it keeps its address and its data. */
export type LocalServer = {
  readonly name: ServerName
  readonly url: string
  /** Undefined while stopped, and for servers that are not processes of this machine. */
  readonly pid: number | undefined
  start(): Promise<void>
  /** The orderly way down; returns when the server has gone. */
  stop(): Promise<void>
  /** The disorderly way down, for fault tests; returns when the server has gone. */
  kill(signal?: NodeJS.Signals): Promise<void>
}

export type ServerName = 'postgres' | 'redis' | 'nats'

export type Log = (line: string) => void

/** A problem that the person at the keyboard can solve: shown without a stack. */
export class SetupError extends Error {
  override readonly name = 'SetupError'
}
