import {
  type Actor,
  type BodyOf,
  type createDepartmentRoute,
  departmentCreated,
  departmentDeleted,
  departmentUpdated,
  MAX_DEPARTMENT_DEPTH,
  type updateDepartmentRoute,
} from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { AppError, ensureVersion, notFound } from '@dealwire/errors'
import { append, changedFields, isEmpty, merged, newId } from '@dealwire/messaging'
import {
  type Department,
  insertDepartment,
  lockDepartment,
  lockTree,
  readAncestry,
  removeDepartment,
  type Saved,
  updateDepartmentRow,
} from './departments.repository.ts'

type Target = { readonly id: string; readonly ifMatch: number | undefined }

const FIELDS = ['name', 'parentId', 'headId'] as const

/** Adds a department, at the top or under another. */
export async function createDepartment(
  tx: Tx,
  actor: Actor,
  input: BodyOf<typeof createDepartmentRoute>,
): Promise<Department> {
  const fields = { id: newId(), name: input.name, parentId: input.parentId ?? null, headId: input.headId ?? null }
  await ensurePlace(tx, actor, fields.id, fields.parentId)
  const made = existing(await insertDepartment(tx, actor.companyId, fields), fields.headId)
  append(tx, actor, departmentCreated, made, reference(made))
  return made
}

/** Changes a department. It comes under none that is itself under it. */
export async function updateDepartment(
  tx: Tx,
  actor: Actor,
  { id, ifMatch, changes }: Target & { readonly changes: BodyOf<typeof updateDepartmentRoute> },
): Promise<Department> {
  // Before the row: whoever moves departments takes the locks in this order.
  if (changes.parentId !== undefined) await lockTree(tx, actor.companyId)
  const before = await getDepartment(tx, actor, { id, ifMatch })
  const after = merged(before, changes)
  const change = changedFields(before, after, FIELDS)
  if (isEmpty(change)) return before

  if (before.parentId !== after.parentId) await ensurePlace(tx, actor, id, after.parentId)
  const saved = existing(await updateDepartmentRow(tx, actor.companyId, after), after.headId)
  append(tx, actor, departmentUpdated, saved, { ...reference(saved), ...change })
  return saved
}

/** Deletes a department with nobody and nothing in it. */
export async function deleteDepartment(tx: Tx, actor: Actor, target: Target): Promise<void> {
  const before = await getDepartment(tx, actor, target)
  if (!(await removeDepartment(tx, actor.companyId, target.id)))
    throw new AppError(
      'conflict',
      'department_in_use',
      `'${before.name}' has users, positions or departments under it; move them first.`,
    )
  append(tx, actor, departmentDeleted, { id: before.id, version: before.version + 1 }, reference(before))
}

async function getDepartment(tx: Tx, actor: Actor, { id, ifMatch }: Target): Promise<Department> {
  const department = await lockDepartment(tx, actor.companyId, id)
  if (department === undefined) throw notFound('department', id)
  ensureVersion(department, ifMatch)
  return department
}

async function ensurePlace(tx: Tx, actor: Actor, id: string, parentId: string | null): Promise<void> {
  if (parentId === null) return
  await lockTree(tx, actor.companyId)
  const { depth, includesSelf, height } = await readAncestry(tx, actor.companyId, parentId, id)
  if (depth === 0) throw notFound('department', parentId)
  if (includesSelf)
    throw new AppError(
      'conflict',
      'department_cycle',
      'A department cannot be placed under itself or under one of its own sub-departments.',
    )
  if (depth + height > MAX_DEPARTMENT_DEPTH)
    throw new AppError(
      'conflict',
      'department_too_deep',
      `Departments may be nested ${MAX_DEPARTMENT_DEPTH} deep; this would be ${depth + height}.`,
    )
}

function existing(saved: Saved, headId: string | null): Department {
  if (saved === 'head') throw notFound('user', headId ?? '')
  return saved
}

function reference({ id, name, parentId, headId }: Department) {
  return { departmentId: id, name, parentId, headId }
}
