import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { sdkFile, sdkFiles } from './sdk-files.ts'

// `pnpm sdk`: the generated files of packages/sdk, from the contracts as they are.
for (const [name, content] of Object.entries(sdkFiles())) {
  mkdirSync(dirname(sdkFile(name)), { recursive: true })
  writeFileSync(sdkFile(name), content)
}
