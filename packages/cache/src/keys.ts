import { hash } from 'node:crypto'

export type CacheKey = {
  readonly companyId: string
  /** What the caller may see, such as `all` or `own:<user id>`: two callers who may see different things never share a value. */
  readonly scope: string
  /** What is invalidated together, such as `deals`. */
  readonly namespace: string
  /** The question, such as the route and its normalised query. */
  readonly key: string
}

const MAX_PLAIN_CHARACTERS = 120

/** Redis keys of a namespace's version, and of a value and its lock. The braces keep a company in one slot of a cluster. */
export function versionKey(companyId: string, namespace: string): string {
  return `dw:{${companyId}}:version:${namespace}`
}

export function valueKey({ companyId, scope, namespace, key }: CacheKey): string {
  return `dw:{${companyId}}:value:${part(namespace)}:${part(scope)}:${part(key)}`
}

/** Length first, so that no two questions can be written alike whatever they contain. */
function part(text: string): string {
  return text.length > MAX_PLAIN_CHARACTERS ? `#${hash('sha256', text, 'base64url')}` : `${text.length}:${text}`
}
