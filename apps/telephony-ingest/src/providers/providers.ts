import { freeswitch } from './freeswitch/freeswitch.ts'
import { generic } from './generic.ts'
import type { Provider } from './provider.ts'

/** Every provider there is. A new one is one entry here and a file of its own. */
export const providers = { generic, freeswitch } as const satisfies Record<string, Provider>

export type ProviderName = keyof typeof providers

export function findProvider(name: string): Provider | undefined {
  return Object.hasOwn(providers, name) ? providers[name as ProviderName] : undefined
}
