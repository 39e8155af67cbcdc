import { test, waitFor } from '@dealwire/testing'
import { describe, expect } from 'vitest'
import { register, startGateway } from './gateway.ts'
import { addUser, as } from './people.ts'

const FITTER = { key: 'FITTER', name: 'Fitter', permissions: ['workorder:read', 'user:read'], scope: 'own' }

describe('roles', () => {
  test('the built-in ones are listed with what they may do, and stay as they are', async ({ db }) => {
    const app = await startGateway(db.open('gateway'))
    const call = as(app, (await register(app)).accessToken)
    const { data } = (await call('GET', '/v1/roles?sort=name&builtIn=true')).json()
    expect(data.map((role: { key: string }) => role.key)).toEqual(['ADMIN', 'EMPLOYEE', 'MANAGER'])
    expect(data[0].permissions).toContain('company:manage')
    expect(data[1]).toMatchObject({ scope: 'own', builtIn: true })
    for (const [method, payload] of [['PATCH', { name: 'Boss' }] as const, ['DELETE', undefined] as const]) {
      const refused = await call(method, `/v1/roles/${data[0].id}`, payload)
      expect([refused.statusCode, refused.json().code]).toEqual([409, 'role_built_in'])
    }
    const taken = await call('POST', '/v1/roles', { ...FITTER, key: 'admin' })
    expect([taken.statusCode, taken.json().code]).toEqual([409, 'role_key_taken'])
  })

  test('a changed role works within two seconds everywhere, in the sessions there are', async ({ db }) => {
    const [here, there] = [await startGateway(db.open('gateway')), await startGateway(db.open('gateway'))]
    const admin = await register(here)
    const call = as(here, admin.accessToken)
    const role = (await call('POST', '/v1/roles', FITTER)).json()
    expect(role).toMatchObject({ ...FITTER, builtIn: false, version: 1 })
    const user = await addUser(here, admin.accessToken, 'FITTER')
    const users = async (app: typeof here) => (await as(app, user.accessToken)('GET', '/v1/users')).statusCode
    expect([await users(here), await users(there)]).toEqual([200, 200])
    const changed = await call(
      'PATCH',
      `/v1/roles/${role.id}`,
      { permissions: ['workorder:read'] },
      { 'if-match': '"1"' },
    )
    expect(changed.json()).toMatchObject({ version: 2, permissions: ['workorder:read'], name: 'Fitter' })
    expect(await users(here)).toBe(403)
    await waitFor('the other gateway to see the change', async () => (await users(there)) === 403, 2_000)
    expect((await call('PATCH', `/v1/roles/${role.id}`, {})).json().version).toBe(2)
    expect((await call('PATCH', `/v1/roles/${role.id}`, { name: 'X' }, { 'if-match': '"1"' })).statusCode).toBe(412)
  })

  test('a role that somebody has cannot go; one that nobody has can, and its key is free again', async ({ db }) => {
    const app = await startGateway(db.open('gateway'))
    const admin = await register(app)
    const call = as(app, admin.accessToken)
    const { id } = (await call('POST', '/v1/roles', FITTER)).json()
    const user = await addUser(app, admin.accessToken, 'FITTER')
    const used = await call('DELETE', `/v1/roles/${id}`)
    expect([used.statusCode, used.json().code]).toEqual([409, 'role_in_use'])
    await call('PATCH', `/v1/users/${user.id}`, { role: 'EMPLOYEE' })
    expect((await call('DELETE', `/v1/roles/${id}`)).statusCode).toBe(204)
    expect((await call('GET', `/v1/roles/${id}`)).statusCode).toBe(404)
    expect((await call('PATCH', `/v1/users/${user.id}`, { role: 'FITTER' })).statusCode).toBe(400)
    expect((await call('POST', '/v1/roles', FITTER)).statusCode).toBe(201)
  })

  test('nobody gives out, or takes over, rights that they do not have', async ({ db }) => {
    const app = await startGateway(db.open('gateway'))
    const admin = await register(app)
    const call = as(app, admin.accessToken)
    await call('POST', '/v1/roles', { key: 'HR', name: 'HR', permissions: ['user:read', 'user:manage'], scope: 'all' })
    const hr = as(app, (await addUser(app, admin.accessToken, 'HR')).accessToken)
    expect((await hr('POST', '/v1/roles', FITTER)).statusCode).toBe(403)
    expect((await hr('PATCH', `/v1/users/${admin.user.id}`, { password: 'taken over now' })).statusCode).toBe(403)
    expect((await hr('POST', '/v1/roles', { ...FITTER, permissions: ['user:read'] })).statusCode).toBe(201)
  })

  test('a stranger’s role is not found', async ({ db }) => {
    const app = await startGateway(db.open('gateway'))
    const { id } = (await as(app, (await register(app)).accessToken)('POST', '/v1/roles', FITTER)).json()
    const stranger = as(app, (await register(app)).accessToken)
    for (const [method, payload] of [
      ['GET', undefined],
      ['PATCH', { name: 'X' }],
      ['DELETE', undefined],
    ] as const)
      expect((await stranger(method, `/v1/roles/${id}`, payload)).statusCode).toBe(404)
  })
})
