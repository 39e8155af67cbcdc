import type { EventSpec } from '../core/event.ts'
import type { Route } from '../core/route.ts'
import { jwksRoute, loginRoute, logoutRoute, meRoute, refreshRoute, registerRoute } from './auth.ts'
import { getCompanyRoute, updateCompanyRoute } from './company.ts'
import { companyCreated, companyUpdated, sessionRevoked, userCreated, userDeactivated, userUpdated } from './events.ts'
import { createUserRoute, getUserRoute, listUsersRoute, updateUserRoute } from './users.ts'

export * from './auth.ts'
export * from './company.ts'
export * from './events.ts'
export * from './users.ts'

export const identityRoutes: readonly Route[] = [
  registerRoute,
  loginRoute,
  refreshRoute,
  logoutRoute,
  meRoute,
  jwksRoute,
  getCompanyRoute,
  updateCompanyRoute,
  listUsersRoute,
  getUserRoute,
  createUserRoute,
  updateUserRoute,
]

export const identityEvents: readonly EventSpec[] = [
  companyCreated,
  companyUpdated,
  userCreated,
  userUpdated,
  userDeactivated,
  sessionRevoked,
]
