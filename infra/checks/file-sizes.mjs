// How long the files are. Biome refuses those that are too long; this shows where it is heading.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { repositoryFiles, root } from './repository.mjs'

const isTest = (file) => /\.test\.ts$|\/test\//.test(file)
const sizes = repositoryFiles(['.ts', '.mjs'])
  .filter((file) => existsSync(join(root, file)))
  .map((file) => ({ file, lines: readFileSync(join(root, file), 'utf8').trimEnd().split('\n').length }))

function report(title, files) {
  if (files.length === 0) return
  const sorted = files.toSorted((a, b) => a.lines - b.lines)
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]
  const longest = at(1)
  const total = sorted.reduce((sum, { lines }) => sum + lines, 0)
  const figures = [
    `${sorted.length} files`,
    `${total} lines`,
    `median ${at(0.5).lines}`,
    `p90 ${at(0.9).lines}`,
    `max ${longest.lines} (${longest.file})`,
  ]
  process.stdout.write(`${title.padEnd(6)} ${figures.join(' · ')}\n`)
}

report(
  'source',
  sizes.filter(({ file }) => !isTest(file)),
)
report(
  'tests',
  sizes.filter(({ file }) => isTest(file)),
)
