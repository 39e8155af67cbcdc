import type { Route, ServiceName } from '@dealwire/contracts'
import { pascalCase } from './contract-names.ts'

/** Paths below these are about several things; elsewhere the first part of a path is the thing. */
const AREAS = new Set(['inventory', 'telephony', 'analytics'])

/** `/v1/inventory/purchase-orders/:id/submit` → `inventory`, `purchase-orders`. */
export function resourceOf(path: string): readonly string[] {
  const parts = path.split('/').filter((part) => part !== '' && part !== 'v1')
  return parts.slice(0, AREAS.has(parts[0] ?? '') ? 2 : 1)
}

/** `Inventory: purchase orders`. */
export function tagOf({ path }: Route): string {
  const [first = '', second] = resourceOf(path).map((part) => part.replaceAll(/[^a-z]+/gi, ' ').trim())
  return second === undefined ? pascalCase(first) : `${pascalCase(first)}: ${second}`
}

const groupNames: Readonly<Record<ServiceName, string>> = {
  gateway: 'Identity',
  deals: 'Deals',
  inventory: 'Inventory',
  'telephony-ingest': 'Telephony',
  analytics: 'Analytics',
}

/** The tags in the order of the routes, and how they are grouped: by the service that answers. */
export function tagsOf(routes: readonly Route[]): {
  tags: { name: string; 'x-displayName': string; description: string }[]
  groups: { name: string; tags: string[] }[]
} {
  const serviceOf = new Map<string, ServiceName>()
  for (const route of routes) if (!serviceOf.has(tagOf(route))) serviceOf.set(tagOf(route), route.service)
  const tags = [...serviceOf.keys()]
  const groups = [...new Set(serviceOf.values())].map((service) => ({
    name: groupNames[service],
    tags: tags.filter((tag) => serviceOf.get(tag) === service),
  }))
  return {
    tags: tags.map((name) => ({
      name,
      'x-displayName': displayNameOf(name),
      description: descriptionOf(routes, name),
    })),
    groups,
  }
}

/** Below the heading of its group, a tag need not repeat it: `Inventory: products` is shown as `Products`. */
function displayNameOf(tag: string): string {
  return pascalCase(tag.replace(/^.*: /, '')).replace(/^Api /, 'API ')
}

function descriptionOf(routes: readonly Route[], tag: string): string {
  const own = routes.filter((route) => tagOf(route) === tag)
  return `${own.length === 1 ? 'One operation' : `${own.length} operations`} below \`${[...new Set(own.map(({ path }) => rootOf(path)))].join('`, `')}\`.`
}

function rootOf(path: string): string {
  return path.startsWith('/v1/') ? `/v1/${resourceOf(path).join('/')}` : path
}
