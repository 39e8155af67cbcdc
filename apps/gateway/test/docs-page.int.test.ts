import { test, waitFor } from '@dealwire/testing'
import { expect } from 'vitest'
import { findChromium, openPage } from './chromium.ts'
import { listeningGateway } from './gateway.ts'

const chromium = findChromium()

// A machine may have no browser, and npm test must not need more than Node.
test.runIf(chromium !== undefined)(
  'the reference is drawn in a browser from this origin alone, and neither the page nor its policy complains',
  async ({ db }) => {
    const { url } = await listeningGateway(db.open('gateway'))
    const page = await openPage(chromium ?? '', `${url}/docs`)
    const text = async () => String(await page.evaluate('document.body.innerText'))
    await waitFor('every area to be listed', async () => (await text()).includes('Purchase orders'), 60_000)
    expect(page.complaints).toEqual([])
    expect(page.requested).toContain(`${url}/openapi.json`)
    const elsewhere = page.requested.filter((one) => !one.startsWith(url) && !/^(data|blob):/.test(one))
    expect(elsewhere).toEqual([])
  },
  90_000,
)
