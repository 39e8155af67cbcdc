import type { EventSpec } from '../core/event.ts'
import type { Route } from '../core/route.ts'
import { createApiKeyRoute, deleteApiKeyRoute, getApiKeyRoute, listApiKeysRoute } from './api-keys.ts'
import { listAuditLogRoute } from './audit.ts'
import { jwksRoute, loginRoute, logoutRoute, meRoute, refreshRoute, registerRoute } from './auth.ts'
import { getCompanyRoute, updateCompanyRoute } from './company.ts'
import {
  createDepartmentRoute,
  deleteDepartmentRoute,
  departmentTreeRoute,
  getDepartmentRoute,
  listDepartmentsRoute,
  updateDepartmentRoute,
} from './departments.ts'
import {
  apiKeyCreated,
  apiKeyRevoked,
  companyCreated,
  companyUpdated,
  departmentCreated,
  departmentDeleted,
  departmentUpdated,
  positionCreated,
  positionDeleted,
  positionUpdated,
  roleCreated,
  roleDeleted,
  roleUpdated,
  sessionCreated,
  sessionRefused,
  sessionRevoked,
  userCreated,
  userDeactivated,
  userUpdated,
} from './events.ts'
import {
  createPositionRoute,
  deletePositionRoute,
  getPositionRoute,
  listPositionsRoute,
  updatePositionRoute,
} from './positions.ts'
import { createRoleRoute, deleteRoleRoute, getRoleRoute, listRolesRoute, updateRoleRoute } from './roles.ts'
import { streamRoute } from './stream.ts'
import { createUserRoute, getUserRoute, listUsersRoute, updateUserRoute } from './users.ts'

export * from './api-keys.ts'
export * from './audit.ts'
export * from './auth.ts'
export * from './company.ts'
export * from './departments.ts'
export * from './events.ts'
export * from './positions.ts'
export * from './roles.ts'
export * from './stream.ts'
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
  listRolesRoute,
  getRoleRoute,
  createRoleRoute,
  updateRoleRoute,
  deleteRoleRoute,
  listApiKeysRoute,
  getApiKeyRoute,
  createApiKeyRoute,
  deleteApiKeyRoute,
  streamRoute,
  listAuditLogRoute,
  listDepartmentsRoute,
  departmentTreeRoute,
  getDepartmentRoute,
  createDepartmentRoute,
  updateDepartmentRoute,
  deleteDepartmentRoute,
  listPositionsRoute,
  getPositionRoute,
  createPositionRoute,
  updatePositionRoute,
  deletePositionRoute,
]

export const identityEvents: readonly EventSpec[] = [
  companyCreated,
  companyUpdated,
  userCreated,
  userUpdated,
  userDeactivated,
  sessionCreated,
  sessionRefused,
  sessionRevoked,
  roleCreated,
  roleUpdated,
  roleDeleted,
  apiKeyCreated,
  apiKeyRevoked,
  departmentCreated,
  departmentUpdated,
  departmentDeleted,
  positionCreated,
  positionUpdated,
  positionDeleted,
]
