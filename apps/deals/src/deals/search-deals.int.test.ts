import type { Actor } from '@dealwire/contracts'
import { makeActor, test } from '@dealwire/testing'
import { expect } from 'vitest'
import { generateDeals } from '../../test/generate-deals.ts'
import { startApp, type TestApp } from '../../test/start-app.ts'

async function titles({ call }: TestApp, actor: Actor, query: string): Promise<string[]> {
  const { body } = await call(actor, `/v1/deals?${query}`)
  return body.data.map(({ title }: { title: string }) => title)
}

test('title, notes, contact and customer are searched together, the best match first', async ({ db, actor }) => {
  const app = startApp(db)
  const contact = await app.create(actor, '/v1/contacts', { name: 'Nino Beridze' })
  const customer = await app.create(actor, '/v1/customers', { name: 'Solar Batumi' })
  await app.create(actor, '/v1/deals', { title: 'Window', notes: 'later perhaps a roof', contactId: contact.id })
  await app.create(actor, '/v1/deals', { title: 'Roof', customerId: customer.id })
  await app.create(actor, '/v1/deals', { title: 'Door' })
  expect(await titles(app, actor, 'q=roof')).toEqual(['Roof', 'Window'])
  expect(await titles(app, actor, 'q=roof&sort=createdAt')).toEqual(['Window', 'Roof'])
  expect(await titles(app, actor, 'q=roof nino')).toEqual(['Window'])
  expect(await titles(app, actor, 'q=BERÍDZE')).toEqual(['Window'])
  expect(await titles(app, actor, 'q=batumi&stage=LEAD')).toEqual(['Roof'])
  expect(await titles(app, actor, 'q=roof batumi&stageKind=WON')).toEqual([])
})

test('parts of words are found, short ones at the start of words; wildcards are letters', async ({ db, actor }) => {
  const app = startApp(db)
  await app.create(actor, '/v1/deals', { title: 'Photovoltaics 50%' })
  await app.create(actor, '/v1/deals', { title: 'საქართველო' })
  expect(await titles(app, actor, 'q=volta')).toEqual(['Photovoltaics 50%'])
  expect(await titles(app, actor, 'q=ph')).toEqual(['Photovoltaics 50%'])
  expect(await titles(app, actor, 'q=ta')).toEqual([])
  expect(await titles(app, actor, 'q=50%25')).toEqual(['Photovoltaics 50%'])
  expect(await titles(app, actor, 'q=%25%25%25')).toEqual([])
  expect(await titles(app, actor, 'q=ქართ')).toEqual(['საქართველო'])
})

test('words are understood in the language of the company', async ({ db }) => {
  const app = startApp(db)
  const english = makeActor()
  const speaker = { ...english, company: { ...english.company, searchLanguage: 'english' } }
  await app.create(speaker, '/v1/deals', { title: 'Installations of panels' })
  expect(await titles(app, speaker, 'q=installing panel')).toEqual(['Installations of panels'])
  expect(await titles(app, speaker, 'q=of')).toEqual(['Installations of panels'])
})

test('what is renamed, rewritten or deleted is found as it is now', async ({ db, actor, stranger }) => {
  const app = startApp(db)
  const contact = await app.create(actor, '/v1/contacts', { name: 'Nino' })
  const deal = await app.create(actor, '/v1/deals', { title: 'Roof', contactId: contact.id })
  await app.call(actor, `/v1/contacts/${contact.id}`, { method: 'PATCH', body: { name: 'Tamar' } })
  expect(await titles(app, actor, 'q=nino')).toEqual([])
  expect(await titles(app, actor, 'q=tamar')).toEqual(['Roof'])
  expect(await titles(app, stranger, 'q=tamar')).toEqual([])
  await app.call(actor, `/v1/deals/${deal.id}`, { method: 'PATCH', body: { title: 'Cellar' } })
  expect(await titles(app, actor, 'q=roof')).toEqual([])
  await app.call(actor, `/v1/deals/${deal.id}`, { method: 'DELETE' })
  expect(await titles(app, actor, 'q=cellar')).toEqual([])
})

test('ranked pages follow each other without gaps or repeats, and the exact count fits', async ({ db, actor }) => {
  const app = startApp(db)
  await generateDeals(app, actor, 250)
  const seen = new Set<string>()
  let path = '/v1/deals?q=deal&limit=100&count=exact'
  for (let page = 0; page < 3; page++) {
    const { body } = await app.call(actor, path)
    expect(body.page.total).toBe(250)
    for (const { id } of body.data) seen.add(id)
    path = `/v1/deals?q=deal&limit=100&count=exact&cursor=${body.page.nextCursor}`
  }
  expect(seen.size).toBe(250)
})
