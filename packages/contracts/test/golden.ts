import { join } from 'node:path'

const folder = join(import.meta.dirname, '..', 'fixtures')

export const goldenFolder = folder
export const goldenFile = (type: string) => join(folder, `${type}.json`)
