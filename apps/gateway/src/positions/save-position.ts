import {
  type Actor,
  type BodyOf,
  type createPositionRoute,
  positionCreated,
  positionDeleted,
  positionUpdated,
  type updatePositionRoute,
} from '@dealwire/contracts'
import type { Tx } from '@dealwire/db/client'
import { AppError, ensureVersion, notFound } from '@dealwire/errors'
import { append, changedFields, isEmpty, merged, newId } from '@dealwire/messaging'
import { getRole } from '../accounts/create-user.ts'
import {
  lockPosition,
  type Position,
  type PositionFields,
  removePosition,
  savePosition,
} from './positions.repository.ts'

type Target = { readonly id: string; readonly ifMatch: number | undefined }

const FIELDS = ['name', 'departmentId', 'defaultRole'] as const

/** Adds a position. */
export async function createPosition(
  tx: Tx,
  actor: Actor,
  { name, departmentId, defaultRole }: BodyOf<typeof createPositionRoute>,
): Promise<Position> {
  const made = await save(tx, actor, { id: newId(), name, departmentId: departmentId ?? null, defaultRole })
  append(tx, actor, positionCreated, made, reference(made))
  return made
}

/** Changes a position. Whoever is in it keeps the role that they have. */
export async function updatePosition(
  tx: Tx,
  actor: Actor,
  { id, ifMatch, changes }: Target & { readonly changes: BodyOf<typeof updatePositionRoute> },
): Promise<Position> {
  const before = await getPosition(tx, actor, { id, ifMatch })
  const after = merged(before, changes)
  const change = changedFields(before, after, FIELDS)
  if (isEmpty(change)) return before
  const saved = await save(tx, actor, after)
  append(tx, actor, positionUpdated, saved, { ...reference(saved), ...change })
  return saved
}

/** Deletes a position that nobody is in. */
export async function deletePosition(tx: Tx, actor: Actor, target: Target): Promise<void> {
  const before = await getPosition(tx, actor, target)
  if (!(await removePosition(tx, actor.companyId, target.id)))
    throw new AppError('conflict', 'position_in_use', `The position '${before.name}' still has users; move them first.`)
  append(tx, actor, positionDeleted, { id: before.id, version: before.version + 1 }, reference(before))
}

async function getPosition(tx: Tx, actor: Actor, { id, ifMatch }: Target): Promise<Position> {
  const position = await lockPosition(tx, actor.companyId, id)
  if (position === undefined) throw notFound('position', id)
  ensureVersion(position, ifMatch)
  return position
}

async function save(tx: Tx, actor: Actor, fields: PositionFields): Promise<Position> {
  const role = await getRole(tx, actor.companyId, fields.defaultRole, 'defaultRole')
  const saved = await savePosition(tx, actor.companyId, fields, role.id)
  if (saved === undefined) throw notFound('department', fields.departmentId ?? '')
  return saved
}

function reference({ id, name, departmentId, defaultRole }: Position) {
  return { positionId: id, name, departmentId, defaultRole }
}
