import { join } from 'node:path'
import { allEvents, allRoutes } from '@dealwire/contracts'
import { generateSdk } from '@dealwire/sdk/generator'
import { asyncApiDocument } from '../src/documents/asyncapi.ts'
import { openApiDocument } from '../src/documents/openapi.ts'

const folder = join(import.meta.dirname, '..', '..', '..', 'packages', 'sdk', 'src', 'generated')

export const sdkFile = (name: string) => join(folder, name)

/** What the published documents make of the client, by file name. */
export function sdkFiles(): Readonly<Record<string, string>> {
  // As clients read them: whatever JSON cannot say is not in them.
  const read = (document: unknown) => JSON.parse(JSON.stringify(document))
  return generateSdk(
    read(openApiDocument(allRoutes, 'http://localhost')),
    read(asyncApiDocument(allEvents, 'localhost')),
  )
}
