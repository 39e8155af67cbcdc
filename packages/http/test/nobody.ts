import { randomUUID } from 'node:crypto'
import { defaultCompanySettings } from '@dealwire/contracts'

/** A caller of a company of its own who may do nothing. */
export const nobody = {
  companyId: randomUUID(),
  userId: null,
  role: '',
  scope: 'own',
  permissions: new Set<never>(),
  company: defaultCompanySettings,
  requestId: '',
} as const
