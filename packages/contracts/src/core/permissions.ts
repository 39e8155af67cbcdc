const crud = ['read', 'create', 'update', 'delete'] as const
const crudOf = <E extends string>(entity: E) => crud.map((verb) => `${entity}:${verb}` as const)

/** Every permission there is. A route names one of these, or `any`, `public` or `webhook`. */
export const permissions = [
  ...crudOf('customer'),
  ...crudOf('contact'),
  ...crudOf('deal'),
  'deal:approve',
  'deal:export',
  'deal:import',
  'pipeline:manage',
  ...crudOf('plan'),
  'plan:manage',
  ...crudOf('product'),
  'product:manage',
  'inventory:read',
  'inventory:adjust',
  'inventory:reserve',
  'inventory:consume',
  ...crudOf('purchase'),
  'purchase:manage',
  'purchase:receive',
  ...crudOf('workorder'),
  'workorder:approve',
  'telephony:read',
  'telephony:manage',
  'telephony:ingest',
  'telephony:callback',
  ...crudOf('quality'),
  'analytics:read',
  'analytics:manage',
  'user:read',
  'user:manage',
  'company:manage',
  'audit:read',
] as const

export type Permission = (typeof permissions)[number]

export const builtInRoles = ['ADMIN', 'MANAGER', 'EMPLOYEE'] as const
export type BuiltInRole = (typeof builtInRoles)[number]

/** `own`: changes only what is assigned to the user, or created by the user and assigned to nobody. */
export type Scope = 'own' | 'all'

const notForManagers = new Set<Permission>([
  'user:manage',
  'company:manage',
  'telephony:manage',
  'analytics:manage',
  'pipeline:manage',
])

const forEmployees: readonly Permission[] = [
  ...permissions.filter(
    (permission) => permission.endsWith(':read') && permission !== 'user:read' && permission !== 'audit:read',
  ),
  'customer:create',
  'customer:update',
  'contact:create',
  'contact:update',
  'deal:create',
  'deal:update',
  'deal:export',
  'workorder:create',
  'workorder:update',
  'inventory:reserve',
  'telephony:callback',
]

export const rolePermissions: Readonly<Record<BuiltInRole, { scope: Scope; permissions: readonly Permission[] }>> = {
  ADMIN: { scope: 'all', permissions },
  MANAGER: { scope: 'all', permissions: permissions.filter((permission) => !notForManagers.has(permission)) },
  EMPLOYEE: { scope: 'own', permissions: forEmployees },
}
