import { open, readFile, rename } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Replaced as a whole: after a crash it is the old one or the new one. */
export async function replaceFile(path: string, content: string): Promise<void> {
  const file = await open(`${path}.new`, 'w')
  try {
    await file.writeFile(content)
    await file.datasync()
  } finally {
    await file.close()
  }
  await rename(`${path}.new`, path)
  const folder = await open(dirname(path), 'r')
  await folder.datasync().finally(() => folder.close())
}

/** Undefined where there is none, or one that a person has broken. */
export async function readJsonFile(path: string): Promise<Record<string, unknown> | undefined> {
  try {
    const json: unknown = JSON.parse(await readFile(path, 'utf8'))
    return json !== null && typeof json === 'object' ? { ...json } : undefined
  } catch {
    return undefined // starting afresh: what is sent twice is a duplicate to the receiver
  }
}
