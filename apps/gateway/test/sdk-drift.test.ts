import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { sdkFile, sdkFiles } from './sdk-files.ts'

test('the client is the one that the published API makes (`pnpm sdk` writes it)', () => {
  for (const [name, content] of Object.entries(sdkFiles())) {
    expect(readFileSync(sdkFile(name), 'utf8') === content, `${name} is up to date`).toBe(true)
  }
})
