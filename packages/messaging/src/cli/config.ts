import { loadConfig, serviceConfig } from '@dealwire/config'

const replayConfig = serviceConfig.pick({ DATABASE_URL: true, NATS_URL: true, LOG_LEVEL: true })

/** The environment of the replay command; DATABASE_URL is that of the service whose log is replayed. */
export function readReplayConfig() {
  return loadConfig('replay', replayConfig, process.env)
}
