import type { CustomFieldEntity } from '@dealwire/contracts'
import type { Executor } from '@dealwire/db/client'
import type { Definition } from './custom-field-values.ts'
import { findDefinitions } from './custom-fields.repository.ts'

/** What custom fields an entity of the company has. */
export async function readDefinitions(
  db: Executor,
  companyId: string,
  entity: CustomFieldEntity,
): Promise<readonly Definition[]> {
  return findDefinitions(db, companyId, entity)
}
