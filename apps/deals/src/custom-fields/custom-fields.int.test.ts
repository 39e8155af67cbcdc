import type { Actor } from '@dealwire/contracts'
import { makeActor, test } from '@dealwire/testing'
import { describe, expect } from 'vitest'
import { loadDeals } from '../../test/load-deals.ts'
import { readPlans, statementOf } from '../../test/read-plan.ts'
import { startApp } from '../../test/start-app.ts'
import { takeSweeps } from '../sweeps/take-sweeps.ts'

const never = new AbortController().signal
const region = { entity: 'deal', key: 'region', label: 'Region', type: 'select', options: ['west', 'east'] }

describe('definitions', () => {
  test('are made, changed and deleted, told of, and refused to other companies', async ({ db, actor, stranger }) => {
    const { call, create, events } = startApp(db)
    const field = await create(actor, '/v1/custom-fields', region)
    expect(field).toMatchObject({ ...region, required: false, version: 1 })
    const path = `/v1/custom-fields/${field.id}`
    const patch = (body: object, headers = {}) => call(actor, path, { method: 'PATCH', body, headers })
    expect(await patch({ label: 'x' }, { 'if-match': '"2"' })).toMatchObject({ status: 412 })
    expect(await patch({})).toMatchObject({ status: 200, body: { version: 1 } })
    expect(await patch({ options: [] })).toMatchObject({ status: 400, body: { errors: [{ path: 'options' }] } })
    expect(await patch({ required: true, options: ['west', 'north'] })).toMatchObject({ status: 200 })
    for (const method of ['GET', 'PATCH', 'DELETE'] as const) {
      const body = method === 'PATCH' ? { body: { label: 'x' } } : {}
      expect(await call(stranger, path, { method, ...body })).toMatchObject({ status: 404 })
    }
    expect((await call(actor, '/v1/custom-fields?entity=deal&sort=key')).body.data).toMatchObject([{ id: field.id }])
    expect((await call(actor, '/v1/custom-fields?entity=contact')).body.data).toEqual([])
    expect(await call(actor, path, { method: 'DELETE' })).toMatchObject({ status: 204 })
    expect(await call(actor, path)).toMatchObject({ status: 404 })
    expect((await events(actor)).map(({ type }) => type)).toEqual(
      ['created', 'updated', 'deleted'].map((event) => `crm.deals.custom-field.${event}`),
    )
  })

  test('have keys of their own and a number that is not passed, however many are made at once', async ({
    db,
    actor,
    stranger,
  }) => {
    const { call, create } = startApp(db)
    const post = (n: number, entity = 'deal') =>
      call(actor, '/v1/custom-fields', { method: 'POST', body: { entity, key: `f${n}`, label: 'x', type: 'text' } })
    const same = await Promise.all(Array.from({ length: 4 }, () => post(0)))
    expect(same.map(({ status }) => status).toSorted()).toEqual([201, 409, 409, 409])
    expect(same.find(({ status }) => status === 409)?.body.code).toBe('duplicate_key')
    for (let n = 1; n < 48; n++) await post(n)
    const last = await Promise.all(Array.from({ length: 4 }, (_, n) => post(90 + n)))
    expect(last.map(({ status }) => status).toSorted()).toEqual([201, 201, 409, 409])
    expect(last.find(({ status }) => status === 409)?.body.code).toBe('too_many_custom_fields')
    expect(await post(0, 'contact')).toMatchObject({ status: 201 })
    await create(stranger, '/v1/custom-fields', region)
  })
})

test.for(['deal', 'customer', 'contact'] as const)(
  'values of a %s are checked, merged, told of and found',
  async (entity, { db, actor }) => {
    const { call, create, events } = startApp(db)
    const list = `/v1/${entity}s`
    const named = entity === 'deal' ? 'title' : 'name'
    const define = (key: string, more: object) =>
      create(actor, '/v1/custom-fields', { entity, key, label: key, type: 'text', ...more })
    await define('region', { type: 'select', options: ['west', 'east'], required: true })
    await define('size', { type: 'number' })
    await define('tools', { type: 'multiselect', options: ['saw', 'drill'] })
    await define('vip', { type: 'boolean' })
    const post = (customFields?: object) =>
      call(actor, list, { method: 'POST', body: { [named]: 'It', ...(customFields && { customFields }) } })
    const at = (path: string, status = 400) => ({ status, body: { code: 'validation_failed', errors: [{ path }] } })
    expect(await post()).toMatchObject(at('customFields.region'))
    expect(await post({ region: 'north' })).toMatchObject(at('customFields.region'))
    expect(await post({ region: 'west', size: 'big' })).toMatchObject(at('customFields.size'))
    expect(await post({ region: 'west', nothing: 1 })).toMatchObject(at('customFields.nothing'))
    expect((await call(actor, list)).body.data).toEqual([])

    const customFields = { region: 'west', size: 1.5, tools: ['drill', 'saw'], vip: null }
    const { body: made } = await post(customFields)
    const stored = { region: 'west', size: 1.5, tools: ['drill', 'saw'] }
    expect(made).toMatchObject({ customFields: stored, version: 1 })
    await post({ region: 'east', size: 3 })
    const path = `${list}/${made.id}`
    const patch = (values: object) => call(actor, path, { method: 'PATCH', body: { customFields: values } })
    expect(await patch({ region: null })).toMatchObject(at('customFields.region'))
    expect(await patch({ size: 1.5 })).toMatchObject({ status: 200, body: { version: 1 } })
    const both = await Promise.all([patch({ size: null }), patch({ vip: true })])
    expect(both.map(({ status }) => status)).toEqual([200, 200])
    const after = { region: 'west', tools: ['drill', 'saw'], vip: true }
    const current = (await call(actor, path)).body
    expect(current).toMatchObject({ customFields: after, version: 3 })
    expect(current.customFields).toEqual(after)
    const [told] = (await events(actor)).filter(({ type }) => type === `crm.deals.${entity}.updated`)
    expect(told?.data).toHaveProperty('before.customFields')

    const find = async (query: string) => (await call(actor, `${list}?${query}`)).body
    for (const query of [
      'cf.region=west',
      'cf.tools=saw',
      'cf.vip=true&cf.region=west',
      'cf.region=west&count=exact',
    ]) {
      expect([query, (await find(query)).data.map(({ id }: { id: string }) => id)]).toEqual([query, [made.id]])
    }
    expect((await find('cf.size=3.0')).data).toHaveLength(1)
    expect((await find('cf.region=north')).data).toEqual([])
    for (const query of ['cf.nothing=1', 'cf.size=big', 'cf.=1', 'cf.region=west&cf.region=east', 'region=west']) {
      expect([query, (await call(actor, `${list}?${query}`)).status]).toEqual([query, 400])
    }
  },
)

test('the values of a deleted field are erased, and only then its key is free', async ({ db, actor, stranger }) => {
  const app = startApp(db)
  const { call, create, events, database } = app
  const ids: string[] = []
  for (const who of [actor, stranger]) {
    const field = await create(who, '/v1/custom-fields', region)
    await create(who, '/v1/custom-fields', { ...region, key: 'other' })
    const deal = await create(who, '/v1/deals', { title: 'It', customFields: { region: 'west', other: 'east' } })
    ids.push(deal.id, field.id)
  }
  const [dealId, fieldId, theirs] = ids
  await call(actor, `/v1/custom-fields/${fieldId}`, { method: 'DELETE' })
  const post = (who: Actor) => call(who, '/v1/custom-fields', { method: 'POST', body: region })
  expect(await post(actor)).toMatchObject({ status: 409, body: { code: 'duplicate_key' } })
  expect(await call(actor, '/v1/deals?cf.region=west')).toMatchObject({ status: 400 })
  const body = { customFields: { region: 'east' } }
  expect(await call(actor, `/v1/deals/${dealId}`, { method: 'PATCH', body })).toMatchObject({ status: 400 })

  await takeSweeps(app, never)
  expect(await post(actor)).toMatchObject({ status: 409 })
  await database.pool.query('UPDATE sweeps SET not_before = now()')
  const before = (await events(actor)).length
  await Promise.all([takeSweeps(app, never), takeSweeps(app, never)])
  expect((await call(actor, `/v1/deals/${dealId}`)).body).toMatchObject({ customFields: { other: 'east' }, version: 1 })
  expect((await call(actor, `/v1/deals/${dealId}`)).body.customFields).not.toHaveProperty('region')
  expect((await call(stranger, `/v1/deals/${theirs}`)).body.customFields).toHaveProperty('region')
  expect(await events(actor)).toHaveLength(before)
  expect(await post(actor)).toMatchObject({ status: 201 })
})

test('definitions cost a create no statement, and a change without values none either', async ({ db, actor }) => {
  const { call, create, statementsOf } = startApp(db)
  await create(actor, '/v1/custom-fields', region)
  const customFields = { region: 'west' }
  const deal = await create(actor, '/v1/deals', { title: 'First', customFields })
  expect(await statementsOf(() => create(actor, '/v1/deals', { title: 'Next', customFields }))).toBe(4)
  const patch = (run: number) =>
    call(actor, `/v1/deals/${deal.id}`, { method: 'PATCH', body: { title: `Deal ${run}` } })
  expect(await statementsOf(patch)).toBe(5)
})

test('a filter by a custom field or a tag is answered by its index', async ({ db }) => {
  const app = startApp(db)
  const actor = makeActor()
  await loadDeals(db, app, actor, 20_000)
  await app.create(actor, '/v1/custom-fields', { ...region, type: 'number', options: undefined })
  const admin = db.open('deals')
  await admin.pool.query(
    `UPDATE deals SET custom_fields = jsonb_build_object('region', n % 500)
     FROM (SELECT id AS of, row_number() OVER (ORDER BY id) AS n FROM deals WHERE company_id = $1) numbered WHERE id = of AND n % 2 = 0`,
    [actor.companyId],
  )
  await app.analyze()
  for (const query of ['cf.region=42', 'cf.region=42&sort=-value', 'tag=t7&sort=title']) {
    const statement = await statementOf(app, actor, `/v1/deals?${query}`, query.startsWith('cf.') ? 2 : 1)
    for (const plan of await readPlans(app, statement)) {
      const scans = plan.nodes.map((node) => node['Node Type'])
      expect({ query, scans }).toEqual({ query, scans: expect.arrayContaining(['Bitmap Index Scan']) })
      expect(scans).not.toContain('Seq Scan')
    }
  }
})
