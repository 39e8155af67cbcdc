import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const repositoryRoot = fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, '')

/** Everything that running the system leaves behind is below this ignored folder. */
export const localFolder = join(repositoryRoot, '.local')
export const packagesFolder = join(localFolder, 'packages')
export const testFolder = join(localFolder, 'test')
