import * as contracts from '@dealwire/contracts'
import { z } from 'zod'

/** Field schemas that deserve a name of their own in the documents; the others are written out where they are used. */
const namedFields: Readonly<Record<string, string>> = {
  money: 'MoneyInput',
  moneyOut: 'Money',
  unitCost: 'UnitCostInput',
  unitCostOut: 'UnitCost',
  instant: 'InstantInput',
  instantOut: 'Instant',
  currency: 'Currency',
  json: 'Json',
  windowEdge: 'WindowEdge',
  quantity: 'Quantity',
  signedQuantity: 'SignedQuantity',
}

export function pascalCase(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1)
}

/** `createDealRoute` is the operation `createDeal`: the name under which a contract is exported is its name everywhere. */
export function operationNames(): ReadonlyMap<contracts.Route, string> {
  const routes = new Set<unknown>(contracts.allRoutes)
  const named = Object.entries(contracts).filter(([, value]) => routes.has(value))
  return new Map(named.map(([name, value]) => [value as unknown as contracts.Route, name.replace(/Route$/, '')]))
}

/** The exported schemas that become components: objects, enumerations and the fields above. */
export function schemaNames(): ReadonlyMap<z.ZodType, string> {
  const named = Object.entries(contracts).flatMap(([name, value]): [z.ZodType, string][] => {
    if (!(value instanceof z.ZodType)) return []
    const isComponent = value instanceof z.ZodObject || value instanceof z.ZodEnum
    const component = namedFields[name] ?? (isComponent ? pascalCase(name) : undefined)
    return component === undefined ? [] : [[value, component]]
  })
  return new Map(named)
}
