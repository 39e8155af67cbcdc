import { randomUUID } from 'node:crypto'
import { test } from '@dealwire/testing'
import { describe, expect } from 'vitest'
import { register, startGateway } from './gateway.ts'
import { as } from './people.ts'

type Call = ReturnType<typeof as>

async function addDepartment(call: Call, name: string, parentId: string | null = null): Promise<string> {
  const response = await call('POST', '/v1/departments', { name, parentId })
  if (response.statusCode !== 201) throw new Error(response.body)
  return response.json().id
}

describe('departments', () => {
  test('form a tree with heads, listed each before those under it', async ({ db }) => {
    const app = await startGateway(db.open('gateway'))
    const admin = await register(app)
    const call = as(app, admin.accessToken)
    const sales = await addDepartment(call, 'Sales')
    const north = await addDepartment(call, 'North', sales)
    await addDepartment(call, 'Finance')
    const headed = await call('PATCH', `/v1/departments/${north}`, { headId: admin.user.id }, { 'if-match': '"1"' })
    expect(headed.json()).toMatchObject({ headId: admin.user.id, headName: 'Ana', version: 2 })
    await call('PATCH', `/v1/users/${admin.user.id}`, { departmentId: north })
    expect((await call('GET', '/v1/departments/tree')).json().data).toMatchObject([
      { name: 'Finance', depth: 1, users: 0 },
      { name: 'Sales', depth: 1 },
      { name: 'North', depth: 2, parentId: sales, headName: 'Ana', users: 1 },
    ])
    expect((await call('GET', `/v1/departments?parentId=${sales}&q=nor`)).json().data).toHaveLength(1)
    expect((await call('GET', `/v1/users?departmentId=${north}`)).json().data).toHaveLength(1)
    for (const id of [sales, north]) {
      const used = await call('DELETE', `/v1/departments/${id}`)
      expect([used.statusCode, used.json().code]).toEqual([409, 'department_in_use'])
    }
    await call('PATCH', `/v1/users/${admin.user.id}`, { departmentId: null })
    expect((await call('DELETE', `/v1/departments/${north}`)).statusCode).toBe(204)
  })

  test('never form a circle, not even by two moves at once', async ({ db }) => {
    const app = await startGateway(db.open('gateway'))
    const call = as(app, (await register(app)).accessToken)
    const [a, b] = [await addDepartment(call, 'A'), await addDepartment(call, 'B')]
    const c = await addDepartment(call, 'C', a)
    const move = (id: string, parentId: string) => call('PATCH', `/v1/departments/${id}`, { parentId })
    expect((await move(a, c)).json().code).toBe('department_cycle')
    expect((await move(a, a)).json().code).toBe('department_cycle')
    for (let round = 0; round < 5; round++) {
      const both = await Promise.all([move(a, b), move(b, a)])
      expect(both.map((response) => response.statusCode).sort()).toEqual([200, 409])
      await Promise.all([a, b].map((id) => call('PATCH', `/v1/departments/${id}`, { parentId: null })))
    }
  })

  test('refuse what the company does not have, and more than 20 levels', async ({ db }) => {
    const app = await startGateway(db.open('gateway'))
    const [call, stranger] = [as(app, (await register(app)).accessToken), as(app, (await register(app)).accessToken)]
    const id = await addDepartment(call, 'Top')
    expect((await stranger('POST', '/v1/departments', { name: 'X', parentId: id })).statusCode).toBe(404)
    expect((await call('POST', '/v1/departments', { name: 'X', headId: randomUUID() })).statusCode).toBe(404)
    expect((await stranger('GET', `/v1/departments/${id}`)).statusCode).toBe(404)
    let parent = id
    for (let depth = 2; depth <= 20; depth++) parent = await addDepartment(call, `Level ${depth}`, parent)
    const deeper = await call('POST', '/v1/departments', { name: 'X', parentId: parent })
    expect([deeper.statusCode, deeper.json().code]).toEqual([409, 'department_too_deep'])
  })
})

describe('positions', () => {
  test('give a new user their role, keep it from being deleted, and stay while somebody is in them', async ({ db }) => {
    const app = await startGateway(db.open('gateway'))
    const call = as(app, (await register(app)).accessToken)
    const departmentId = await addDepartment(call, 'Service')
    const role = (
      await call('POST', '/v1/roles', { key: 'FITTER', name: 'Fitter', permissions: ['workorder:read'] })
    ).json()
    const made = await call('POST', '/v1/positions', { name: 'Fitter', departmentId, defaultRole: 'FITTER' })
    expect(made.json()).toMatchObject({ name: 'Fitter', departmentId, defaultRole: 'FITTER', version: 1 })
    const positionId = made.json().id
    const user = { name: 'Nino', email: `${randomUUID()}@company.test`, positionId, departmentId }
    const added = await call('POST', '/v1/users', user)
    expect(added.json()).toMatchObject({ role: 'FITTER', positionId, departmentId })
    expect((await call('DELETE', `/v1/roles/${role.id}`)).json().code).toBe('role_in_use')
    expect((await call('DELETE', `/v1/positions/${positionId}`)).json().code).toBe('position_in_use')
    const changed = await call('PATCH', `/v1/positions/${positionId}`, { defaultRole: 'EMPLOYEE' })
    expect(changed.json()).toMatchObject({ defaultRole: 'EMPLOYEE', version: 2 })
    expect((await call('GET', `/v1/users/${added.json().id}`)).json().role).toBe('FITTER')
    await call('PATCH', `/v1/users/${added.json().id}`, { positionId: null })
    expect((await call('DELETE', `/v1/positions/${positionId}`)).statusCode).toBe(204)
    for (const missing of [{ positionId }, { departmentId: randomUUID() }])
      expect((await call('PATCH', `/v1/users/${added.json().id}`, missing)).statusCode).toBe(404)
    expect((await call('POST', '/v1/positions', { name: 'X', defaultRole: 'NOBODY' })).statusCode).toBe(400)
  })
})
