// Every relative link in a document leads to a file, and every #anchor to a heading.
import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { repositoryFiles, root } from './repository.mjs'

const documents = repositoryFiles(['.md']).filter((file) => existsSync(join(root, file)))
const text = new Map(documents.map((file) => [file, withoutCode(readFileSync(join(root, file), 'utf8'))]))

function withoutCode(markdown) {
  return markdown
    .replaceAll(/^(```|~~~)[\s\S]*?^\1/gm, '')
    .replaceAll(/`[^`\n]*`/g, (code) => (code.includes('](') ? '' : code))
}

/** The way GitHub makes anchors of headings. */
function anchors(markdown) {
  const seen = new Map()
  return new Set(
    [...markdown.matchAll(/^#{1,6}\s+(.+?)\s*#*$/gm)].map(([, heading]) => {
      const plain = heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      const slug = plain
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
        .replaceAll(/\s/g, '-')
      const times = seen.get(slug) ?? 0
      seen.set(slug, times + 1)
      return times === 0 ? slug : `${slug}-${times}`
    }),
  )
}

function links(markdown) {
  const inline = [...markdown.matchAll(/\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g)]
  const named = [...markdown.matchAll(/^\[[^\]]+\]:\s*<?([^\s>]+)/gm)]
  const html = [...markdown.matchAll(/\b(?:src|href)="([^"]+)"/g)]
  return [...inline, ...named, ...html]
    .map(([, target]) => target)
    .filter((target) => !/^[a-z][a-z0-9+.-]*:|^\/\//i.test(target))
}

function problemOf(file, target) {
  const [path, anchor] = target.split('#')
  const linked = path ? normalize(join(path.startsWith('/') ? '' : dirname(file), decodeURIComponent(path))) : file
  if (linked.startsWith('..')) return 'leads out of the repository'
  if (!existsSync(join(root, linked))) return 'leads nowhere'
  if (!anchor || !linked.endsWith('.md') || statSync(join(root, linked)).isDirectory()) return undefined
  const wanted = text.get(linked) ?? readFileSync(join(root, linked), 'utf8')
  return anchors(wanted).has(anchor.toLowerCase()) ? undefined : 'names a heading that is not there'
}

const problems = documents.flatMap((file) =>
  links(text.get(file)).flatMap((target) => {
    const problem = problemOf(file, target)
    return problem ? [`${file}: ${target} ${problem}`] : []
  }),
)
for (const problem of problems) process.stdout.write(`${problem}\n`)
process.exitCode = problems.length > 0 ? 1 : 0
